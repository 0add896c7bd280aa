package io.sandalphone.harness.attack.remote;

import io.sandalphone.harness.attack.Invite;
import io.sandalphone.harness.attack.SipSocket;
import io.sandalphone.harness.attack.Tries;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// SIP from an address that is not the trunk's: nothing of it is taken up.
///
/// The INVITE calls nobody even where it is: it is to no number, and it requires an extension that no
/// server has, which has to refuse it (RFC 3261, 8.2.2.3).
final class SipTries {
    private static final Duration SILENCE = Duration.ofSeconds(3);

    /// How strangers are refused, where they are answered at all.
    private static final List<Integer> REFUSALS = List.of(401, 403, 407);

    private final InetSocketAddress gateway;

    SipTries(InetSocketAddress gateway) {
        this.gateway = gateway;
    }

    void refused(Tries tries) throws IOException {
        try (SipSocket socket =
                SipSocket.answering(new InetSocketAddress(ownAddress(), 0), _ -> List.of())) {
            for (String method : List.of("OPTIONS", "REGISTER", "INVITE")) {
                Invite request = request(socket);
                socket.send(
                        method.equals("INVITE") ? request.text() : other(method, request), gateway);
                Optional<SipSocket.Received> answer =
                        socket.await(
                                each ->
                                        each.status() > 0
                                                && each.header("Call-ID")
                                                        .orElse("")
                                                        .equals(request.callId()),
                                SILENCE);
                int status = answer.map(SipSocket.Received::status).orElse(0);
                if (method.equals("INVITE") && status >= 300) {
                    socket.send(request.ack(answer.orElseThrow()), gateway);
                } else if (method.equals("INVITE")) {
                    // Whether it was heard or not, nothing of it stays.
                    socket.send(request.cancel(), gateway);
                }
                tries.check(
                        method,
                        status == 0 || REFUSALS.contains(status),
                        () -> "answered " + status + ", as if this were the trunk");
                tries.note(method + (status == 0 ? " not answered" : " answered " + status));
            }
        }
    }

    private Invite request(SipSocket socket) {
        String host = gateway.getAddress().getHostAddress();
        return Invite.of(socket, "nobody", "<sip:stranger@stranger.invalid>")
                .to("sip:nobody@" + host + ":" + gateway.getPort())
                .replacing("To", "To: <sip:nobody@" + host + ">")
                .with("Require: x-nobody-has-this");
    }

    private static String other(String method, Invite invite) {
        return invite.replacing("CSeq", "CSeq: 1 " + method)
                .withBody("")
                .text()
                .replaceFirst("^INVITE", method);
    }

    /// The address of this machine from which the gateway is reached.
    private String ownAddress() throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.connect(gateway);
            return socket.getLocalAddress().getHostAddress();
        }
    }
}
