package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Pair;
import io.sandalphone.harness.attack.Phones;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.sip.Codec;
import io.sandalphone.harness.tone.ToneWord;

/// Phones that know one law of G.711 only, on either side or on both.
final class ALawPhones implements AttackCase {
    @Override
    public int number() {
        return 31;
    }

    @Override
    public String tried() {
        return "phones that offer A-law only: the caller's, the destination's, both";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        ControllerProcess controller = lab.controller();
        for (Codec caller : Codec.values()) {
            for (Codec destination : Codec.values()) {
                if (lab.effort().quick() && caller == Codec.PCMU && destination == caller) {
                    // As in every other item.
                    continue;
                }
                tries.attempt(
                        caller + " calls " + destination,
                        () -> talk(lab, controller, caller, destination));
            }
        }
    }

    private static void talk(
            AttackLab lab, ControllerProcess controller, Codec caller, Codec destination)
            throws Exception {
        try (Phones phones = lab.phones()) {
            phones.callers().speak(caller);
            phones.destinations().speak(destination);
            try (Pair pair = phones.join(controller, AttackLab.ONE_WAY)) {
                pair.sayAndAwait(ToneWord.W1, ToneWord.W3);
                pair.deaf(AttackLab.SOON)
                        .ifPresent(
                                found -> {
                                    throw new AssertionError(found);
                                });
            }
        }
    }
}
