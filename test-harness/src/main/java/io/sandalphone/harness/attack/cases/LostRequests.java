package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AriProxy;
import io.sandalphone.harness.attack.AriProxy.Fate;
import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Pair;
import io.sandalphone.harness.attack.Phones;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// One request to Asterisk is lost, or its answer, or it fails, while a leg is repaired or a voice is
/// ducked: the people hear each other afterwards as before, and are interpreted.
///
/// @param during what the lost request belongs to
record LostRequests(int number, During during) implements AttackCase {
    // Asterisk would take nearly ten minutes to catch up with a source so far behind.
    private static final int BEHIND = -30_000;

    // A word every 1.2 s, each an utterance.
    private static final int REFRAIN = 8 * 1200;

    enum During {
        REPAIR {
            @Override
            void begin(Pair pair) {
                pair.caller().media().changeSource(BEHIND);
                pair.caller()
                        .media()
                        .repeat(Arrays.copyOf(ToneSpeech.USUAL.render(ToneWord.W4), REFRAIN));
            }
        },
        DUCKING {
            @Override
            void begin(Pair pair) {
                pair.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W4));
            }
        };

        abstract void begin(Pair pair);
    }

    @Override
    public String tried() {
        return switch (during) {
            case REPAIR -> "single requests to Asterisk lost while a leg is repaired";
            case DUCKING -> "single requests to Asterisk lost while a voice is ducked and raised";
        };
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        AriProxy proxy = lab.proxy();
        ControllerProcess controller = lab.controller(AriProxy.settings());
        try (Phones phones = lab.phones()) {
            var random = lab.random(this);
            int first = lab.effort().quick() ? 1 + random.nextInt(2) : 1;
            int last = lab.effort().quick() ? first + 1 : 8;
            for (int nth = first; nth <= last; nth++) {
                List<Fate> fates = List.of(Fate.LOSE_REQUEST, Fate.LOSE_ANSWER, Fate.FAIL);
                int one = random.nextInt(fates.size());
                for (Fate fate : lab.effort().quick() ? fates.subList(one, one + 1) : fates) {
                    int lost = nth;
                    tries.attempt(
                            fate + " of request " + nth,
                            () -> strike(proxy, phones, controller, lost, fate));
                }
            }
        }
    }

    private void strike(
            AriProxy proxy, Phones phones, ControllerProcess controller, int lost, Fate fate)
            throws Exception {
        try (Pair pair = phones.join(controller, AttackLab.ONE_WAY)) {
            pair.sayAndAwait(ToneWord.W1);
            var changes = new AtomicInteger();
            proxy.rule(
                    request ->
                            request.changes() && changes.incrementAndGet() == lost
                                    ? fate
                                    : Fate.PASS);
            during.begin(pair);
            pair.awaitSpoken(AttackLab.SOON.multipliedBy(2), ToneWord.W4);
            pair.caller().media().hush();
            pair.deaf(AttackLab.SOON)
                    .ifPresent(
                            found -> {
                                throw new AssertionError(found);
                            });
            pair.sayAndAwait(ToneWord.W2);
            if (!pair.isUp()) {
                throw new AssertionError("the call has ended");
            }
        } finally {
            proxy.rule(_ -> Fate.PASS);
        }
    }
}
