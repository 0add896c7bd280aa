package io.sandalphone.harness.sip;

import io.sandalphone.harness.lab.NetNamespace;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A SIP telephone (RFC 3261 over UDP, G.711, RFC 4733 keys) for tests, which own every packet of
/// it. It holds any number of calls at once, so that one of them can be a whole carrier.
///
/// Thread-safe. All signalling happens on one thread of the phone.
public final class SipPhone implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SipPhone.class);
    private static final int LARGEST_DATAGRAM = 65_535;

    private final Sockets sockets;
    private final DatagramSocket socket;
    private final InetSocketAddress address;
    private final ScheduledExecutorService signalling;
    private final SipTransactions transactions;
    private final Thread receiving;
    private final Map<String, PhoneCall> calls = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<PhoneCall>> incoming = new ConcurrentHashMap<>();
    private volatile AnswerPolicy policy = _ -> Answer.atOnce();
    private volatile List<Codec> codecs = List.of(Codec.PCMU);

    private SipPhone(Sockets sockets, InetSocketAddress local) throws IOException {
        this.sockets = sockets;
        this.socket = sockets.open(local);
        this.address = (InetSocketAddress) socket.getLocalSocketAddress();
        // Whatever a closed phone still had in mind is dropped.
        this.signalling =
                new ScheduledThreadPoolExecutor(
                        1,
                        Thread.ofPlatform().name("phone-" + address.getPort()).daemon().factory(),
                        new ThreadPoolExecutor.DiscardPolicy());
        this.transactions = new SipTransactions(socket, signalling);
        receiving = Thread.ofVirtual().name("phone-receive").start(this::receive);
    }

    /// A phone at `local`, an address of this JVM's network namespace. Port 0 is any free port.
    public static SipPhone open(InetSocketAddress local) throws IOException {
        return new SipPhone(new Sockets(null), local);
    }

    /// A phone at `local`, an address of `namespace`.
    public static SipPhone open(NetNamespace namespace, InetSocketAddress local)
            throws IOException {
        return new SipPhone(new Sockets(namespace), local);
    }

    /// Where the phone is reached.
    public InetSocketAddress address() {
        return address;
    }

    /// The URI by which this phone is called as `user`.
    public String uri(String user) {
        return "sip:%s@%s:%d"
                .formatted(user, address.getAddress().getHostAddress(), address.getPort());
    }

    /// Answers calls as `policy` says from now on. Until then it answers each at once.
    public void onIncoming(AnswerPolicy policy) {
        this.policy = policy;
    }

    /// Speaks one of `codecs` in calls that begin from now on; the first is liked best. Until then it
    /// is PCMU.
    public void speak(Codec... codecs) {
        this.codecs = List.of(codecs);
    }

    /// Calls `uri` (`sip:+15550100@10.77.0.2:5060`, an IP address) as the number `from`.
    public PhoneCall call(String from, String uri) throws IOException {
        return call("<" + uri(from) + ">", uri, Map.of());
    }

    /// Calls `uri` as somebody who has `from` in the From header (an address in angle brackets, with
    /// or without a name before it), and `headers` besides. A character of them is sent as a byte.
    public PhoneCall call(String from, String uri, Map<String, String> headers) throws IOException {
        var call = PhoneCall.outgoing(this, from, uri, headers, newMedia());
        calls.put(call.id(), call);
        run(call::invite);
        return call;
    }

    /// The next call to the number `called`, waiting for it if there is none yet.
    public PhoneCall awaitIncoming(String called, Duration limit) throws InterruptedException {
        PhoneCall call = incoming(called).poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (call == null) {
            throw new AssertionError("no call for the number awaited within " + limit);
        }
        return call;
    }

    /// Forgets the calls that came and that nobody has awaited.
    public void forgetIncoming() {
        incoming.values().forEach(BlockingQueue::clear);
    }

    /// The calls that have not ended.
    public List<PhoneCall> calls() {
        return List.copyOf(calls.values());
    }

    /// Ends without a word: what is up stays up for the far ends. Its port is free again then.
    @Override
    public void close() {
        signalling.shutdownNow();
        calls.values().forEach(call -> call.media().close());
        socket.close();
        // Whoever reads from a socket keeps it open until they have noticed that it was closed.
        try {
            receiving.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    SipTransactions transactions() {
        return transactions;
    }

    /// Runs `task` on the signalling thread.
    void run(Runnable task) {
        signalling.execute(reported(task));
    }

    /// Runs `task` on the signalling thread after `delay`.
    void runAfter(Duration delay, Runnable task) {
        Future<?> _ = signalling.schedule(reported(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    void forget(PhoneCall call) {
        calls.remove(call.id());
    }

    private PhoneMedia newMedia() throws IOException {
        return new PhoneMedia(sockets, address.getAddress(), codecs);
    }

    private BlockingQueue<PhoneCall> incoming(String called) {
        return incoming.computeIfAbsent(called, _ -> new LinkedBlockingQueue<>());
    }

    private static Runnable reported(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a phone failed", e);
            }
        };
    }

    private void receive() {
        byte[] buffer = new byte[LARGEST_DATAGRAM];
        while (!socket.isClosed()) {
            try {
                var datagram = new DatagramPacket(buffer, buffer.length);
                socket.receive(datagram);
                var from = (InetSocketAddress) datagram.getSocketAddress();
                SipMessage.parse(buffer, datagram.getLength())
                        .ifPresent(message -> run(() -> receive(message, from)));
            } catch (IOException e) {
                // An ICMP error of something sent before; the socket is as good as it was.
                LOG.debug("a phone could not receive", e);
            }
        }
    }

    private void receive(SipMessage message, InetSocketAddress from) {
        transactions.receive(message, from, request -> serve(request, from));
    }

    private void serve(SipMessage request, InetSocketAddress from) {
        Optional<PhoneCall> call = Optional.ofNullable(calls.get(request.require("Call-ID")));
        if (call.isPresent() && call.get().hasVanished()) {
            call.get().ignored(request.method());
            return;
        }
        boolean within = !SipMessage.parameter(request.require("To"), "tag").isEmpty();
        switch (request.method()) {
            case "INVITE" -> {
                if (within) {
                    inCall(call, request, each -> each.reinvited(request));
                } else {
                    ring(request, from);
                }
            }
            case "ACK" -> call.ifPresent(each -> each.acknowledged(request));
            case "BYE" -> inCall(call, request, each -> each.farEndHungUp(request));
            case "CANCEL" -> inCall(call, request, each -> each.farEndCancelled(request));
            case "REGISTER" -> transactions.respond(request, registered(request));
            case "OPTIONS", "INFO", "UPDATE", "NOTIFY", "MESSAGE" -> respond(request, 200);
            default -> respond(request, 501);
        }
    }

    private void inCall(Optional<PhoneCall> call, SipMessage request, Consumer<PhoneCall> action) {
        call.ifPresentOrElse(action, () -> respond(request, 481));
    }

    private void respond(SipMessage request, int status) {
        transactions.respond(request, SipMessage.response(request, status));
    }

    /// Confirms what was asked for, as a registrar does.
    private static SipMessage registered(SipMessage request) {
        SipMessage response = SipMessage.response(request, 200);
        for (String contact : request.all("Contact")) {
            response = response.with("Contact", contact);
        }
        return response.with("Expires", request.header("Expires").orElse("3600"));
    }

    private void ring(SipMessage invite, InetSocketAddress from) {
        String called = user(invite.requestUri());
        Answer answer = policy.answer(called);
        if (answer instanceof Answer.Ignore) {
            return;
        }
        PhoneMedia media;
        try {
            media = newMedia();
        } catch (IOException e) {
            LOG.error("a phone has no port for a call", e);
            respond(invite, 500);
            return;
        }
        var call = PhoneCall.incoming(this, invite, from, called, media);
        calls.put(call.id(), call);
        call.ring(answer);
        incoming(called).add(call);
    }

    /// The user part of a SIP URI, or an empty text.
    static String user(String uri) {
        int end = uri.indexOf('@');
        int start = uri.indexOf(':') + 1;
        return end < 0 ? "" : uri.substring(start, end).split(";", 2)[0];
    }

    /// Where a SIP URI with an IP address leads.
    static InetSocketAddress target(String uri) {
        String host = uri.substring(Math.max(uri.indexOf('@'), uri.indexOf(':')) + 1);
        String[] parts = host.split("[;?>]", 2)[0].split(":", 2);
        return new InetSocketAddress(
                parts[0], parts.length == 2 ? Integer.parseInt(parts[1]) : 5060);
    }
}
