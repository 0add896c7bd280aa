package io.sandalphone.harness.attack.cases;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Invite;
import io.sandalphone.harness.attack.SipSocket;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Names and numbers in every shape a carrier or a stranger may send: none of it reaches a log, and
/// withheld callers are shown as such.
final class CallersNames implements AttackCase {
    private static final InetSocketAddress GATEWAY =
            new InetSocketAddress(AsteriskHost.ADDRESS, 5060);

    /// Recognisable wherever they appear.
    private static final String NAME = "Zebulon";

    private static final String NUMBER = "7035559138";

    @Override
    public int number() {
        return 18;
    }

    @Override
    public String tried() {
        return "callers' names and numbers malformed in every header, and withheld ones";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        AsteriskHost host = lab.host();
        ControllerProcess controller = lab.controller();
        try (SipSocket carrier =
                        SipSocket.open(host.carrier(), AsteriskHost.CARRIER_ADDRESS, 5090);
                SipSocket stranger =
                        SipSocket.open(host.carrier(), AttackLab.STRANGER_ADDRESS, 5090);
                SipSocket _ =
                        SipSocket.answering(
                                host.carrier(),
                                AsteriskHost.CARRIER_ADDRESS,
                                5060,
                                CallersNames::ringing)) {
            List<Invite> invites = invites(carrier, lab.random(this), lab.effort().of(20, 200));
            for (Invite invite : invites) {
                String asteriskBefore = host.log();
                String securityBefore = host.securityLog();
                String controllerBefore = controller.log();
                carrier.send(invite.text(), GATEWAY);
                // Whatever it was, a response or nothing: the next message shows that it was read.
                carrier.await(
                        each -> each.header("Call-ID").orElse("").equals(invite.callId()),
                        Duration.ofMillis(300));
                carrier.send(invite.cancel(), GATEWAY);
                String said =
                        added(asteriskBefore, host.log())
                                + added(securityBefore, host.securityLog())
                                + added(controllerBefore, controller.log());
                tries.check(
                        "a caller "
                                + invite.headers().get(2)
                                + " and "
                                + invite.headers().getLast(),
                        !tells(said),
                        () -> "in a log: " + line(said));
                stranger.send(invite.text(), GATEWAY);
            }
            controller.delete("/calls");
            host.awaitIdle(AttackLab.SOON.multipliedBy(2));
            String all = host.log() + host.securityLog() + host.consoleLog() + controller.log();
            tries.check("all logs, in the end", !tells(all), () -> "in a log: " + line(all));
            withheld(carrier, controller, host, tries);
        }
        tries.check("Asterisk", host.isRunning(), () -> "it crashed");
    }

    private static List<String> ringing(SipSocket.Received request) {
        return request.isRequest("INVITE")
                ? List.of(SipSocket.reply(request, 180))
                : SipSocket.refusing(200).to(request);
    }

    private static String added(String before, String now) {
        return now.substring(Math.min(before.length(), now.length()));
    }

    private static boolean tells(String log) {
        return log.contains(NAME) || log.contains(NUMBER) || log.contains(NUMBER.substring(3));
    }

    private static String line(String log) {
        return log.lines().filter(CallersNames::tells).findFirst().orElse("");
    }

    private static List<Invite> invites(SipSocket carrier, Random random, int generated) {
        String user = "+1" + NUMBER;
        String at = "@10.77.0.1>";
        List<Invite> invites = new ArrayList<>();
        List<String> names =
                new ArrayList<>(
                        List.of(
                                "\"" + NAME + "\u00ff\u00fe\"",
                                "\"" + NAME + "\u00c3(\"",
                                "\"" + NAME + "\u0000x\"",
                                "\"" + NAME + "\u001b[31m\"",
                                "\"" + NAME + "\\\"\"",
                                "\"" + NAME,
                                NAME + "\" ",
                                "\"" + NAME.repeat(200) + "\"",
                                "\"" + NAME + "\r\n x\"",
                                "\"" + NAME + "\u0080\"",
                                NAME + " \u00e9",
                                "\"" + NAME + "%n%s\"",
                                "\"" + NAME + "${CHANNEL}\""));
        for (int i = 0; i < generated; i++) {
            StringBuilder name = new StringBuilder(NAME);
            for (int n = 0; n < 1 + random.nextInt(6); n++) {
                name.insert(random.nextInt(2) * name.length(), (char) (1 + random.nextInt(255)));
            }
            names.add("\"" + name.toString().replaceAll("[\r\n]", " ") + "\"");
        }
        for (String name : names) {
            invites.add(Invite.of(carrier, AttackLab.ONE_WAY, name + " <sip:" + user + at));
        }
        Invite plain = Invite.of(carrier, AttackLab.ONE_WAY, "<sip:carrier@10.77.0.1>");
        for (String header :
                List.of(
                        "P-Asserted-Identity: \"" + NAME + "\u00ff\" <sip:" + user + at,
                        "P-Asserted-Identity: <tel:"
                                + user
                                + ">, \""
                                + NAME
                                + "\" <sip:"
                                + user
                                + at,
                        "P-Asserted-Identity: " + NAME + " sip:" + user,
                        "P-Preferred-Identity: \"" + NAME + "\" <sip:" + user + at,
                        "Remote-Party-ID: \""
                                + NAME
                                + "\u00fe\" <sip:"
                                + user
                                + at
                                + ";privacy=full",
                        "Remote-Party-ID: " + NAME + "<" + user + ">;party=",
                        "Diversion: \"" + NAME + "\" <sip:" + user + at + ";reason=\u00ff",
                        "History-Info: <sip:" + user + at + ";index=x",
                        "Identity: " + NAME + NUMBER,
                        "Subject: " + NAME + " " + user,
                        "Reply-To: \"" + NAME + "\" <sip:" + user + at,
                        "User-Agent: " + NAME + user + "\u00ff",
                        "Authorization: Digest username=\"" + user + "\"",
                        "X-" + NAME + "\u00ff: " + user)) {
            invites.add(fresh(carrier, plain).with(header));
        }
        for (String broken :
                List.of(
                        "From: <sip:" + user + at,
                        "From: " + NAME + user,
                        "From: <sip:" + user,
                        "From: sips:" + user + at + ";tag=\u00ff",
                        "From: <" + user + ">;tag=",
                        "From: <tel:" + user + ";phone-context=" + NAME + ">;tag=1")) {
            invites.add(fresh(carrier, plain).replacing("From", broken));
        }
        for (String name : List.of("Contact", "To", "Call-ID", "CSeq", "Via", "Max-Forwards")) {
            Invite other = fresh(carrier, plain);
            invites.add(other.replacing(name, name + ": \"" + NAME + "\u00ff\" <sip:" + user + at));
        }
        for (String uri :
                List.of(
                        "sip:" + user + "\u00ff@10.77.0.2",
                        "sip:" + NAME + "@10.77.0.2",
                        "tel:" + user,
                        "sip:" + user + "%00@10.77.0.2",
                        user,
                        "sip:" + user + ";x=" + NAME + "@10.77.0.2")) {
            invites.add(fresh(carrier, plain).to(uri));
        }
        invites.add(
                fresh(carrier, plain)
                        .withBody("v=0\r\no=" + NAME + " " + NUMBER + "\r\nm=audio x"));
        return invites;
    }

    private static Invite fresh(SipSocket carrier, Invite like) {
        return Invite.of(
                carrier,
                AttackLab.ONE_WAY,
                like.headers().get(2).replaceFirst("From: ", "").replaceFirst(";tag=.*", ""));
    }

    /// Callers who show no number are nobody, not the last letters of "anonymous".
    private static void withheld(
            SipSocket carrier, ControllerProcess controller, AsteriskHost host, Tries tries)
            throws Exception {
        for (String from :
                List.of(
                        "\"Anonymous\" <sip:anonymous@anonymous.invalid>",
                        "<sip:Restricted@10.77.0.1>",
                        "\"Unavailable\" <sip:unavailable@10.77.0.1>",
                        "<sip:unknown@10.77.0.1>",
                        "<sip:Private@10.77.0.1>",
                        "<sip:10.77.0.1>")) {
            Invite invite = Invite.of(carrier, AttackLab.ONE_WAY, from).with("Privacy: id");
            carrier.send(invite.text(), GATEWAY);
            tries.attempt(
                    "shown of " + from,
                    () -> {
                        Poll.until(
                                AttackLab.SOON,
                                () -> !controller.sessions().isEmpty(),
                                () -> "the call arrives: " + carrier.received().getLast());
                        JsonNode session = controller.sessions().get(0);
                        String shown = session.path("caller").asText();
                        if (shown.matches(".*\u2026?[a-z]{3}$") && !shown.matches("[a-z]{4,}")) {
                            throw new AssertionError("the caller is shown as " + shown);
                        }
                    });
            carrier.send(invite.cancel(), GATEWAY);
            controller.delete("/calls");
            controller.awaitIdle(AttackLab.SOON);
            host.awaitIdle(AttackLab.SOON);
        }
    }
}
