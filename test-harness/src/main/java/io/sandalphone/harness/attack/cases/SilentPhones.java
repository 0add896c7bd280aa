package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Pair;
import io.sandalphone.harness.attack.Phones;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Phones that send no packets while their people are there, muted or with silence suppression: nobody
/// is cut off for being quiet. One that is gone without a word is found out, and a call in which nobody
/// says anything ends.
final class SilentPhones implements AttackCase {
    private static final int QUICKLY = 70;
    private static final int FULLY = 150;

    // A phone is asked this often, in place of each minute: 30 times in a call.
    private static final int CHECK_SECONDS = 2;

    // How much longer a call may be in which nobody says anything, in place of ten minutes.
    private static final int MORE_SECONDS = 10;

    // Asterisk waits 32 s for an answer to its INVITE, then as long for one to its BYE (RFC 3261).
    private static final Duration UNANSWERED = Duration.ofSeconds(64);

    @Override
    public int number() {
        return 14;
    }

    @Override
    public String tried() {
        return "phones that send no packets: either one, both, from the start, on hold, for more"
                + " than a minute; one that is gone; a call in which nobody says anything";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        Duration silence = Duration.ofSeconds(lab.effort().of(QUICKLY, FULLY));
        ControllerProcess controller =
                lab.controller(
                        "asterisk: {silent-leg: {check-after: %ds, end-after: %ds}}"
                                .formatted(CHECK_SECONDS, silence.toSeconds() + MORE_SECONDS));
        try (Phones phones = lab.phones()) {
            PhoneCall mute = phones.call(AttackLab.ONE_WAY);
            mute.media().stopSending();
            mute.awaitAnswered(AttackLab.SOON);
            talk(
                    phones.destinations()
                            .awaitIncoming(
                                    AttackLab.destinationOf(AttackLab.ONE_WAY), AttackLab.SOON));
            try (Pair callers = phones.join(controller, AttackLab.ONE_WAY);
                    Pair destinations = phones.join(controller, AttackLab.ONE_WAY);
                    Pair holding = phones.join(controller, AttackLab.ONE_WAY);
                    Pair both = phones.join(controller, AttackLab.ONE_WAY);
                    Pair gone = phones.join(controller, AttackLab.ONE_WAY)) {
                callers.caller().media().stopSending();
                talk(callers.destination());
                destinations.destination().media().stopSending();
                talk(destinations.caller());
                holding.destination().hold();
                holding.destination().media().stopSending();
                talk(holding.caller());
                both.caller().media().stopSending();
                both.destination().media().stopSending();
                gone.destination().vanish();
                talk(gone.caller());

                pass(silence);
                Map<String, Boolean> up = new LinkedHashMap<>();
                up.put("the caller", callers.isUp());
                up.put("the destination", destinations.isUp());
                up.put("a destination that holds the caller", holding.isUp());
                up.put("both", both.isUp());
                up.put("the caller, from the start", mute.isUp());
                up.forEach(
                        (who, stays) ->
                                tries.check(
                                        who + " silent for " + silence.toSeconds() + " s",
                                        stays,
                                        () -> "the call was ended"));
                tries.attempt(
                        "a destination that is gone",
                        () -> gone.caller().awaitEnded(UNANSWERED.plus(AttackLab.SOON)));
                tries.attempt(
                        "a call in which nobody says anything",
                        () -> both.caller().awaitEnded(AttackLab.SOON.multipliedBy(2)));
                // All of them, before the first is waited for.
                phones.callers().calls().forEach(PhoneCall::hangUp);
                phones.destinations().calls().forEach(PhoneCall::hangUp);
            }
        } finally {
            lab.stopController();
        }
    }

    private static void talk(PhoneCall phone) {
        phone.media().repeat(ToneSpeech.USUAL.withWord(Duration.ofSeconds(1)).render(ToneWord.W7));
    }

    private static void pass(Duration length) {
        long begin = System.nanoTime();
        Poll.until(
                length.plus(AttackLab.SOON),
                () -> System.nanoTime() - begin > length.toNanos(),
                "time passes");
    }
}
