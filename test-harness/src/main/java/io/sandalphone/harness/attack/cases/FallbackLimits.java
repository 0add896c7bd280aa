package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Invite;
import io.sandalphone.harness.attack.Rendering;
import io.sandalphone.harness.attack.SipSocket;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Asterisk without a controller: as few calls at once as with one, and no route that can never match.
final class FallbackLimits implements AttackCase {
    private static final int CALLERS = 120;

    @Override
    public int number() {
        return 23;
    }

    @Override
    public String tried() {
        return "120 callers at once while the controller is away; routes spelt in other ways";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        routes(lab.newFolder("fallback"), tries);
        lab.stopController();
        AsteriskHost host = lab.host();
        var gateway = new InetSocketAddress(AsteriskHost.ADDRESS, 5060);
        try (SipSocket carrier =
                        SipSocket.open(host.carrier(), AsteriskHost.CARRIER_ADDRESS, 5090);
                SipSocket trunk =
                        SipSocket.answering(
                                host.carrier(),
                                AsteriskHost.CARRIER_ADDRESS,
                                5060,
                                request ->
                                        request.isRequest("INVITE")
                                                ? List.of(SipSocket.reply(request, 180))
                                                : SipSocket.refusing(200).to(request))) {
            List<Invite> invites = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                Invite invite =
                        Invite.of(
                                carrier,
                                AttackLab.ONE_WAY,
                                "<sip:+1303555%04d@10.77.0.1>".formatted(1000 + i));
                invites.add(invite);
                carrier.send(invite.text(), gateway);
            }
            Poll.until(
                    Duration.ofSeconds(60),
                    () -> answered(carrier, trunk) >= CALLERS,
                    () -> answered(carrier, trunk) + " callers ring somebody or are refused");
            int dialled = trunk.requests("INVITE").size();
            int limit = AttackLab.CALLS;
            tries.check(
                    CALLERS + " callers",
                    dialled <= limit,
                    () -> dialled + " destinations dialled; a controller takes " + limit);
            // One who is refused is a channel too, until they know.
            tries.attempt(
                    "channels of those who ring somebody",
                    () ->
                            Poll.until(
                                    Duration.ofSeconds(30),
                                    () -> host.channels().size() <= 2 * limit,
                                    () -> host.channels().size() + " channels are left"));
            tries.check("a few of them", dialled > 0, () -> "nobody was rung at all");
            tries.note("%d rung, %d refused".formatted(dialled, refused(carrier)));
            for (Invite invite : invites) {
                carrier.send(invite.cancel(), gateway);
            }
            host.awaitIdle(Duration.ofSeconds(60));
        }
    }

    /// How many of the callers ring somebody or know that they do not.
    private static long answered(SipSocket carrier, SipSocket trunk) {
        return trunk.requests("INVITE").size() + refused(carrier);
    }

    private static long refused(SipSocket carrier) {
        return carrier.received().stream()
                .filter(each -> each.status() >= 400)
                .map(each -> each.header("Call-ID").orElse(""))
                .distinct()
                .count();
    }

    private static void routes(Path folder, Tries tries) throws IOException {
        for (String called : List.of("2125550101", "12125550101", "+12125550101")) {
            Rendering said =
                    Rendering.of(folder, Map.of("FALLBACK_ROUTES", called + "=+525512345678"));
            tries.check(
                    "a fallback route for " + called,
                    said.code() == 2 || holds(said, "exten => +12125550101,1,"),
                    () -> "rendered, and can never match");
        }
        for (String twice :
                List.of(
                        "2125550101=+525512345678 +12125550101=+525512345679",
                        "12125550101=+525512345678 2125550101=+525512345679")) {
            Rendering said = Rendering.of(folder, Map.of("FALLBACK_ROUTES", twice));
            tries.check(
                    "fallback routes " + twice,
                    said.refuses("FALLBACK_ROUTES"),
                    () -> "the same number twice: " + said);
        }
        for (String wrong :
                List.of(
                        "+1=x",
                        "*=*",
                        "+12125550101=",
                        "=+525512345678",
                        "+12125550101=525512345678")) {
            Rendering said = Rendering.of(folder, Map.of("FALLBACK_ROUTES", wrong));
            tries.check(
                    "fallback route " + wrong,
                    said.code() == 2,
                    () -> "expected to be refused, " + said);
        }
    }

    private static boolean holds(Rendering said, String line) throws IOException {
        for (Path file : said.files()) {
            if (Files.readString(file).lines().anyMatch(each -> each.startsWith(line))) {
                return true;
            }
        }
        return false;
    }
}
