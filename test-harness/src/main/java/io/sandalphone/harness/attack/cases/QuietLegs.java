package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AriProxy;
import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Pair;
import io.sandalphone.harness.attack.Phones;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.sip.PhoneCall;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// Phones that have sent nothing yet: Asterisk is not asked about them again and again.
final class QuietLegs implements AttackCase {
    /// How many requests may be made about one call in each second: twice what one needs for each of its
    /// legs would still be few.
    private static final int MOST = 3;

    private static final int QUICKLY_SECONDS = 3;
    private static final int FULLY_SECONDS = 10;

    @Override
    public int number() {
        return 9;
    }

    @Override
    public String tried() {
        return "phones that have sent nothing yet, and how often Asterisk is asked about them";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        AriProxy proxy = lab.proxy();
        ControllerProcess controller = lab.controller(AriProxy.settings());
        try (Phones phones = lab.phones()) {
            PhoneCall caller = phones.call(AttackLab.ONE_WAY);
            caller.media().stopSending();
            caller.awaitAnswered(AttackLab.SOON);
            Poll.until(
                    AttackLab.SOON,
                    () ->
                            controller.sessions().size() == 1
                                    && controller
                                            .sessions()
                                            .get(0)
                                            .path("audio_attached")
                                            .asBoolean(),
                    () -> "the call is interpreted: " + controller.sessions());
            Duration window = Duration.ofSeconds(lab.effort().of(QUICKLY_SECONDS, FULLY_SECONDS));
            count(proxy, window, tries, "a caller who has sent nothing");
            // Sound that is lost is attached again, and begins to look again.
            Set<String> before = snoops(lab);
            lab.host().console("channel request hangup " + before.iterator().next());
            Poll.until(
                    AttackLab.SOON,
                    () -> !before.containsAll(snoops(lab)),
                    () -> "audio is attached again: " + lab.host().channels());
            count(proxy, window, tries, "the same after its audio was attached again");
            caller.media().resumeSending();
            caller.hangUp();
            controller.awaitIdle(AttackLab.SOON);
            try (Pair _ = phones.join(controller, AttackLab.ONE_WAY)) {
                count(proxy, window, tries, "a call whose phones send");
            }
        }
    }

    private static Set<String> snoops(AttackLab lab) {
        Set<String> names = new HashSet<>();
        for (var channel : lab.host().channels()) {
            String name = channel.path("name").asText();
            if (name.startsWith("Snoop/")) {
                names.add(name);
            }
        }
        return names;
    }

    /// Waits for a time of that length in which Asterisk is asked seldom: what comes at once when audio is
    /// attached may come late on a busy machine, but it ends.
    private static void count(AriProxy proxy, Duration window, Tries tries, String variant) {
        long begin = System.nanoTime();
        long most = MOST * window.toSeconds();
        long[] asked = {0};
        tries.attempt(
                variant,
                () ->
                        Poll.until(
                                AttackLab.SOON.plus(window),
                                () -> {
                                    long now = System.nanoTime();
                                    asked[0] = asked(proxy, now - window.toNanos());
                                    return now - begin >= window.toNanos() && asked[0] <= most;
                                },
                                () -> asked[0] + " requests in " + window.toSeconds() + " s"));
        tries.note(variant + ": " + asked[0] + " requests in " + window.toSeconds() + " s");
    }

    private static long asked(AriProxy proxy, long since) {
        return proxy.requests().stream().filter(each -> each.nanos() - since > 0).count();
    }
}
