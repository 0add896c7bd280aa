package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Phones;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.sip.PhoneCall;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Phones that send no packets while their people are there, muted or with silence suppression: nobody
/// is cut off for being quiet.
final class SilentPhones implements AttackCase {
    private static final int QUICKLY = 70;
    private static final int FULLY = 150;

    @Override
    public int number() {
        return 14;
    }

    @Override
    public String tried() {
        return "phones that send no packet for more than a minute: either one, both, from the"
                + " start";
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        lab.controller();
        try (Phones phones = lab.phones()) {
            Map<String, PhoneCall[]> calls = new LinkedHashMap<>();
            for (String who :
                    new String[] {
                        "the caller", "the destination", "both", "the caller, from the start"
                    }) {
                PhoneCall caller = phones.call(AttackLab.ONE_WAY);
                if (who.endsWith("start")) {
                    caller.media().stopSending();
                }
                caller.awaitAnswered(AttackLab.SOON);
                PhoneCall destination =
                        phones.destinations()
                                .awaitIncoming(
                                        AttackLab.destinationOf(AttackLab.ONE_WAY), AttackLab.SOON);
                calls.put(who, new PhoneCall[] {caller, destination});
            }
            calls.forEach(
                    (who, call) -> {
                        if (who.startsWith("the caller") || who.equals("both")) {
                            call[0].media().stopSending();
                        }
                        if (who.equals("the destination") || who.equals("both")) {
                            call[1].media().stopSending();
                        }
                    });
            long begin = System.nanoTime();
            Duration silence = Duration.ofSeconds(lab.effort().of(QUICKLY, FULLY));
            Poll.until(
                    silence.plus(AttackLab.SOON),
                    () -> System.nanoTime() - begin > silence.toNanos(),
                    "time passes");
            calls.forEach(
                    (who, call) ->
                            tries.check(
                                    who + " silent for " + silence.toSeconds() + " s",
                                    call[0].isUp() && call[1].isUp(),
                                    () -> "the call was ended"));
        }
    }
}
