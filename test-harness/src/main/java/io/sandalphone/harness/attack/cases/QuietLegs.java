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

/// Phones that have sent nothing yet: Asterisk is not asked about them again and again.
final class QuietLegs implements AttackCase {
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final int MOST = 15;

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
        try (AriProxy proxy = AriProxy.open(lab.host().vps());
                Phones phones = lab.phones()) {
            ControllerProcess controller = lab.controller(AriProxy.settings(Duration.ofSeconds(5)));
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
            count(proxy, tries, "a caller who has sent nothing");
            // Sound that is lost is attached again, and begins to look again.
            for (var channel : lab.host().channels()) {
                if (channel.path("name").asText().startsWith("Snoop/")) {
                    lab.host().console("channel request hangup " + channel.path("name").asText());
                    break;
                }
            }
            count(proxy, tries, "the same after its audio was attached again");
            caller.media().resumeSending();
            caller.hangUp();
            controller.awaitIdle(AttackLab.SOON);
            try (Pair _ = phones.join(controller, AttackLab.ONE_WAY)) {
                count(proxy, tries, "a call whose phones send");
            }
        } finally {
            lab.stopController();
        }
    }

    private static void count(AriProxy proxy, Tries tries, String variant) {
        wait(Duration.ofSeconds(3));
        int before = proxy.requests().size();
        wait(WINDOW);
        int asked = proxy.requests().size() - before;
        tries.check(
                variant, asked <= MOST, () -> asked + " requests in " + WINDOW.toSeconds() + " s");
        tries.note(variant + ": " + asked + " requests in " + WINDOW.toSeconds() + " s");
    }

    private static void wait(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        Poll.until(AttackLab.SOON, () -> System.nanoTime() >= until, "time passes");
    }
}
