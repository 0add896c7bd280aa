package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.Invite;
import io.sandalphone.harness.attack.SipSocket;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// What the wire shows to whom we call: our own number, printable, whatever the caller is called.
final class NumbersShown implements AttackCase {
    private static final InetSocketAddress GATEWAY =
            new InetSocketAddress(AsteriskHost.ADDRESS, 5060);

    private static final String OWN = "+12125550101";
    private static final String CALLERS = "7035559138";
    private static final String NAME = "Zebulon";

    @Override
    public int number() {
        return 21;
    }

    @Override
    public String tried() {
        return "what an INVITE of ours shows, for callers in many shapes and for operators' calls";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        lab.stopController();
        AsteriskHost host = lab.host();
        ControllerProcess controller =
                lab.controller("asterisk: {trunk: {caller-id: \"" + OWN + "\"}}");
        String uri = "<sip:+1" + CALLERS + "@10.77.0.1>";
        for (List<String> caller :
                List.of(
                        List.of("\"" + NAME + "\" " + uri),
                        List.of(uri),
                        List.of(uri, "P-Asserted-Identity: \"" + NAME + "\u001b[31m\" " + uri),
                        List.of(uri, "Remote-Party-ID: \"" + NAME + "\" " + uri + ";privacy=full"),
                        List.of("\"" + NAME + "\u001bc\" " + uri),
                        List.of("\"" + NAME + "\u00ff\u00fe\" " + uri),
                        List.of("\"\u0007" + NAME + "\u0008\" " + uri),
                        List.of(
                                "\"Anonymous\" <sip:anonymous@anonymous.invalid>",
                                "Privacy: id",
                                "P-Asserted-Identity: \"" + NAME + "\" " + uri),
                        List.of(
                                uri,
                                "Privacy: header;id",
                                "P-Asserted-Identity: <tel:+1" + CALLERS + ">"),
                        List.of("<sip:" + NAME + "%1b@10.77.0.1>"))) {
            Optional<SipSocket.Received> invite = called(lab, controller, caller);
            tries.check(
                    "a caller " + caller,
                    invite.map(each -> own(each) && !personal(each) && printable(each))
                            .orElse(false),
                    () -> invite.map(NumbersShown::identity).orElse("nobody was dialled"));
        }
        operators(host, controller, tries);
        lab.stopController();
    }

    /// The INVITE that the destination gets.
    private static Optional<SipSocket.Received> called(
            AttackLab lab, ControllerProcess controller, List<String> caller) throws Exception {
        AsteriskHost host = lab.host();
        try (SipSocket carrier =
                        SipSocket.open(host.carrier(), AsteriskHost.CARRIER_ADDRESS, 5090);
                SipSocket trunk = trunk(host)) {
            Invite invite = Invite.of(carrier, AttackLab.ONE_WAY, caller.getFirst());
            for (String header : caller.subList(1, caller.size())) {
                invite = invite.with(header);
            }
            carrier.send(invite.text(), GATEWAY);
            Optional<SipSocket.Received> dialled =
                    trunk.await(each -> each.isRequest("INVITE"), AttackLab.SOON);
            carrier.send(invite.cancel(), GATEWAY);
            controller.delete("/calls");
            host.awaitIdle(AttackLab.SOON);
            return dialled;
        }
    }

    private static SipSocket trunk(AsteriskHost host) throws Exception {
        return SipSocket.answering(
                host.carrier(),
                AsteriskHost.CARRIER_ADDRESS,
                5060,
                request ->
                        request.isRequest("INVITE")
                                ? List.of(SipSocket.reply(request, 180))
                                : SipSocket.refusing(200).to(request));
    }

    private static void operators(AsteriskHost host, ControllerProcess controller, Tries tries)
            throws Exception {
        try (SipSocket trunk = trunk(host)) {
            controller.post("/calls", "{\"from\": \"+12025550111\", \"to\": \"+12025550112\"}");
            Optional<SipSocket.Received> first =
                    trunk.await(each -> each.isRequest("INVITE"), AttackLab.SOON);
            tries.check(
                    "an operator's call, its first leg",
                    first.map(each -> own(each) && printable(each)).orElse(false),
                    () -> first.map(NumbersShown::identity).orElse("nobody was dialled"));
            controller.delete("/calls");
            Poll.until(AttackLab.SOON, () -> controller.sessions().isEmpty(), "the call ends");
            host.awaitIdle(AttackLab.SOON);
        }
    }

    private static boolean own(SipSocket.Received invite) {
        String shown = identity(invite);
        return shown.contains(OWN.substring(1))
                && !shown.contains("Anonymous")
                && !shown.contains("anonymous");
    }

    private static boolean personal(SipSocket.Received invite) {
        return invite.text().contains(CALLERS) || invite.text().contains(NAME);
    }

    private static boolean printable(SipSocket.Received invite) {
        return invite.head().replace("\r\n", "").chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    /// The headers that say who calls.
    private static String identity(SipSocket.Received invite) {
        StringBuilder shown = new StringBuilder();
        for (String name :
                List.of(
                        "From",
                        "P-Asserted-Identity",
                        "Remote-Party-ID",
                        "Privacy",
                        "Contact",
                        "Diversion")) {
            invite.headers(name)
                    .forEach(v -> shown.append(name).append(": ").append(v).append(' '));
        }
        return shown.toString();
    }
}
