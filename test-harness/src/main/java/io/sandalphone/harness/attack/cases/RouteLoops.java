package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.ConfigCheck;
import io.sandalphone.harness.attack.Invite;
import io.sandalphone.harness.attack.Rendering;
import io.sandalphone.harness.attack.SipSocket;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Calls that come back: a route whose destination is a number of ours, and a destination that the
/// carrier forwards to one.
final class RouteLoops implements AttackCase {
    /// How often the carrier forwards a call that is not refused before it tires.
    private static final int TIRES = 12;

    private static final InetSocketAddress GATEWAY =
            new InetSocketAddress(AsteriskHost.ADDRESS, 5060);

    @Override
    public int number() {
        return 15;
    }

    @Override
    public String tried() {
        return "routes to numbers of ours, and a carrier that forwards the destination to one";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        configurations(lab.newFolder("loops"), tries);
        lab.controller();
        String caller = "\"A\" <sip:+13035550177@10.77.0.1>";
        for (Map.Entry<String, List<String>> each :
                Map.of(
                                "the caller's number",
                                List.of(caller),
                                "the destination as diverting",
                                List.of(
                                        "<sip:+13035550178@10.77.0.1>",
                                        "Diversion:"
                                            + " <sip:+12025550111@10.77.0.1>;reason=unconditional"),
                                "our own number",
                                List.of("<sip:+12125550101@10.77.0.1>"))
                        .entrySet()) {
            int dialled = forwarded(lab, caller, each.getValue());
            tries.check(
                    "forwarded with " + each.getKey(),
                    dialled == 1,
                    () -> "the destination was dialled " + dialled + " times for one caller");
        }
        int anonymous =
                forwarded(lab, caller, List.of("\"Anonymous\" <sip:anonymous@anonymous.invalid>"));
        tries.check(
                "forwarded with nothing that tells who calls",
                anonymous <= TIRES / 2,
                () -> "the destination was dialled " + anonymous + " times for one caller");
        tries.note("without a caller " + anonymous + " times");
    }

    private static void configurations(Path folder, Tries tries) throws IOException {
        String rest = ConfigCheck.GOOD.substring(0, ConfigCheck.GOOD.indexOf("routes:"));
        String a = "\"+12125550101\"";
        String b = "\"+12125550102\"";
        String c = "\"+12125550103\"";
        for (String loop :
                List.of(
                        "%1$s: {destination: %1$s}",
                        "%1$s: {destination: %2$s}, %2$s: {destination: %1$s}",
                        "%1$s: {destination: %2$s}, %2$s: {destination: %3$s}, %3$s: {destination:"
                                + " %1$s}",
                        "%1$s: {destination: %2$s}, %2$s: {destination: \"+525512345678\"}",
                        "\"*\": {destination: %1$s}, %1$s: {destination: \"+525512345678\"}",
                        "\"*\": {destination: %1$s}")) {
            ConfigCheck said =
                    ConfigCheck.of(
                            folder,
                            rest
                                    + "routes: {"
                                    + loop.formatted(a, b, c)
                                    + "}\nlimits: {destinations: [\"+1*\", \"+52*\"]}\n");
            // With "*" alone, the number shown to whom we call is known to be ours.
            tries.check(
                    "routes " + loop.formatted(a, b, c),
                    said.refuses("routes"),
                    () -> "expected to be refused, " + said);
        }
        for (String routed :
                List.of(
                        "+12125550101=+12125550101",
                        "2125550101=+12125550101",
                        "+12125550101=+12125550102 2125550102=+525512345678",
                        "12125550101=+12125550102 +12125550102=+525512345678",
                        "*=+12125550102 12125550102=+525512345678")) {
            Rendering said = Rendering.of(folder, Map.of("FALLBACK_ROUTES", routed));
            tries.check(
                    "FALLBACK_ROUTES=" + routed,
                    said.refuses("FALLBACK_ROUTES"),
                    () -> "expected to be refused, " + said);
        }
    }

    /// Calls a number of ours, has the carrier forward the destination back to it, as `as` says (a
    /// From and further headers), and returns how often the destination was dialled once no call that
    /// was forwarded is still to be answered.
    private static int forwarded(AttackLab lab, String caller, List<String> as) throws Exception {
        AsteriskHost host = lab.host();
        Map<String, Invite> forwards = new ConcurrentHashMap<>();
        try (SipSocket carrier =
                        SipSocket.open(host.carrier(), AsteriskHost.CARRIER_ADDRESS, 5090);
                SipSocket trunk =
                        SipSocket.answering(
                                host.carrier(),
                                AsteriskHost.CARRIER_ADDRESS,
                                5060,
                                request -> {
                                    if (!request.isRequest("INVITE")) {
                                        return SipSocket.refusing(200).to(request);
                                    }
                                    String dialled = request.header("Call-ID").orElse("");
                                    if (forwards.size() < TIRES && !forwards.containsKey(dialled)) {
                                        Invite back = back(carrier, as);
                                        forwards.put(dialled, back);
                                        send(carrier, back);
                                    }
                                    return List.of(SipSocket.reply(request, 180));
                                })) {
            Invite first = Invite.of(carrier, AttackLab.ONE_WAY, caller);
            carrier.send(first.text(), GATEWAY);
            Poll.until(
                    AttackLab.SOON.multipliedBy(2),
                    () -> {
                        int dialled = trunk.requests("INVITE").size();
                        return dialled > TIRES
                                || (dialled > 0
                                        && dialled == forwards.size()
                                        && refused(carrier, forwards) == 1);
                    },
                    () -> "what was forwarded is dialled or refused: " + carrier.received());
            int dialled = trunk.requests("INVITE").size();
            lab.controller().delete("/calls");
            carrier.send(first.cancel(), GATEWAY);
            host.awaitIdle(AttackLab.SOON.multipliedBy(2));
            return dialled;
        }
    }

    /// How many of the calls that were forwarded were refused. Each of the others made the destination be
    /// dialled once more, and be forwarded.
    private static long refused(SipSocket carrier, Map<String, Invite> forwards) {
        Set<String> ids = new HashSet<>();
        for (SipSocket.Received each : carrier.received()) {
            if (each.status() >= 300) {
                ids.add(each.header("Call-ID").orElse(""));
            }
        }
        return forwards.values().stream().filter(each -> ids.contains(each.callId())).count();
    }

    private static Invite back(SipSocket carrier, List<String> as) {
        Invite back = Invite.of(carrier, AttackLab.ONE_WAY, as.getFirst());
        for (String header : as.subList(1, as.size())) {
            back = back.with(header);
        }
        return back;
    }

    private static void send(SipSocket carrier, Invite invite) {
        try {
            carrier.send(invite.text(), GATEWAY);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
