package io.sandalphone.harness.sip;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The transaction layer of RFC 3261, section 17, over UDP: sends what is not answered again, and
/// hands every request up once.
///
/// Runs on the phone's signalling thread.
final class SipTransactions {
    static final Duration T1 = Duration.ofMillis(500);
    private static final Duration T2 = Duration.ofSeconds(4);
    private static final int TIMEOUT_IN_T1 = 64;
    private static final int REQUEST_TIMEOUT = 408;

    private final DatagramSocket socket;
    private final ScheduledExecutorService signalling;
    private final Map<String, Client> clients = new HashMap<>();
    private final Map<String, Server> servers = new HashMap<>();

    SipTransactions(DatagramSocket socket, ScheduledExecutorService signalling) {
        this.socket = socket;
        this.signalling = signalling;
    }

    /// Sends `request` until it is answered. `answers` gets each provisional response, and each
    /// final one, which for an INVITE may be the same several times.
    void request(SipMessage request, InetSocketAddress to, Consumer<SipMessage> answers) {
        var client = new Client(request, to, answers);
        clients.put(request.transaction(), client);
        client.repeating = repeat(request, to, client::giveUp);
        forgetLater(clients, request.transaction());
    }

    /// Sends something that is neither answered nor sent again: an ACK.
    void send(SipMessage message, InetSocketAddress to) {
        byte[] bytes = message.bytes();
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        } catch (IOException _) {
            // Unreachable just now, or unplugged: lost, and sending again is what helps, if
            // anything.
        }
    }

    /// Answers a request that was handed up. A final answer to an INVITE is sent until the ACK.
    void respond(SipMessage request, SipMessage response) {
        Server server = servers.get(request.transaction());
        if (server == null) {
            return;
        }
        server.last = response;
        if (response.status() >= 200 && request.method().equals("INVITE")) {
            server.repeating = repeat(response, server.from, () -> {});
        } else {
            send(response, server.from);
        }
    }

    /// Takes a message off the wire. A request goes to `fresh` unless it was seen before.
    void receive(SipMessage message, InetSocketAddress from, Consumer<SipMessage> fresh) {
        if (!message.isRequest()) {
            Client client = clients.get(message.transaction());
            if (client != null) {
                client.answered(message);
            }
        } else if (message.method().equals("ACK")) {
            servers.values().stream()
                    .filter(server -> server.isAcknowledgedBy(message))
                    .forEach(Server::acknowledged);
            fresh.accept(message);
        } else {
            Server known = servers.get(message.transaction());
            if (known == null) {
                SipMessage request = withSource(message, from);
                servers.put(message.transaction(), new Server(request, from));
                forgetLater(servers, message.transaction());
                fresh.accept(request);
            } else if (known.last != null) {
                send(known.last, from);
            }
        }
    }

    /// A transaction may still be heard of for a while after it ended.
    private void forgetLater(Map<String, ?> transactions, String key) {
        Future<?> _ =
                signalling.schedule(
                        () -> transactions.remove(key),
                        2 * TIMEOUT_IN_T1 * T1.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private Repeating repeat(SipMessage message, InetSocketAddress to, Runnable inVain) {
        var repeating = new Repeating(message, to, inVain);
        repeating.send(T1.toMillis());
        return repeating;
    }

    /// Tells the sender where its request came from: RFC 3581.
    private static SipMessage withSource(SipMessage request, InetSocketAddress from) {
        String via = request.require("Via");
        String source = ";received=" + from.getAddress().getHostAddress();
        return request.replacing(
                "Via", via.replaceFirst(";rport(?=;|$)", ";rport=" + from.getPort()) + source);
    }

    /// A message on its way again and again, at intervals of T1, 2 T1, 4 T1 up to T2.
    private final class Repeating {
        private final SipMessage message;
        private final InetSocketAddress to;
        private final Runnable inVain;
        private long waited;
        private @Nullable Future<?> next;

        Repeating(SipMessage message, InetSocketAddress to, Runnable inVain) {
            this.message = message;
            this.to = to;
            this.inVain = inVain;
        }

        void send(long interval) {
            if (waited >= TIMEOUT_IN_T1 * T1.toMillis()) {
                inVain.run();
                return;
            }
            SipTransactions.this.send(message, to);
            waited += interval;
            next =
                    signalling.schedule(
                            () -> send(Math.min(2 * interval, T2.toMillis())),
                            interval,
                            TimeUnit.MILLISECONDS);
        }

        void stop() {
            if (next != null) {
                next.cancel(false);
            }
        }
    }

    private final class Client {
        private final SipMessage request;
        private final InetSocketAddress to;
        private final Consumer<SipMessage> answers;
        private @Nullable Repeating repeating;
        private boolean refused;

        Client(SipMessage request, InetSocketAddress to, Consumer<SipMessage> answers) {
            this.request = request;
            this.to = to;
            this.answers = answers;
        }

        void giveUp() {
            answers.accept(SipMessage.response(request, REQUEST_TIMEOUT));
        }

        void answered(SipMessage response) {
            boolean invite = request.method().equals("INVITE");
            if (repeating != null && (invite || response.status() >= 200)) {
                repeating.stop();
            }
            if (invite && response.status() >= 300) {
                send(acknowledgement(response), to);
                if (refused) {
                    return;
                }
                refused = true;
            }
            answers.accept(response);
        }

        /// The ACK that belongs to the transaction itself: RFC 3261, 17.1.1.3.
        private SipMessage acknowledgement(SipMessage response) {
            return SipMessage.request("ACK", request.requestUri())
                    .with("Via", request.require("Via"))
                    .with("Max-Forwards", "70")
                    .with("From", request.require("From"))
                    .with("To", response.require("To"))
                    .with("Call-ID", request.require("Call-ID"))
                    .with("CSeq", request.cseq().number() + " ACK");
        }
    }

    private static final class Server {
        private final SipMessage request;
        private final InetSocketAddress from;
        private @Nullable Repeating repeating;
        private @Nullable SipMessage last;

        Server(SipMessage request, InetSocketAddress from) {
            this.request = request;
            this.from = from;
        }

        /// An ACK of a 200 has a branch of its own, so calls are told apart by what both share.
        boolean isAcknowledgedBy(SipMessage ack) {
            return request.method().equals("INVITE")
                    && request.cseq().number() == ack.cseq().number()
                    && request.require("Call-ID").equals(ack.require("Call-ID"));
        }

        void acknowledged() {
            if (repeating != null) {
                repeating.stop();
            }
        }
    }
}
