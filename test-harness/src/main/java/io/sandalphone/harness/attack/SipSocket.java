package io.sandalphone.harness.attack;

import io.sandalphone.harness.lab.NetNamespace;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.UdpPort;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A socket that speaks SIP byte by byte, right or wrong, and keeps what it gets as it came. Texts
/// stand for bytes (ISO 8859-1).
///
/// What a [#answering] socket receives is answered as said; a socket that does not answer only keeps
/// it. Thread-safe.
public final class SipSocket implements AutoCloseable {
    private static final int LARGEST = 65_535;

    private final DatagramSocket socket;
    private final InetSocketAddress local;
    private final Answers answers;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Thread receiving =
            Thread.ofPlatform().daemon().name("sip-socket").unstarted(this::receive);

    /// One datagram.
    ///
    /// @param text its bytes
    /// @param nanos when it came ([System#nanoTime])
    public record Received(String text, InetSocketAddress from, long nanos) {
        /// Whether this is a request with that method.
        public boolean isRequest(String method) {
            return text.startsWith(method + " ");
        }

        /// The status of a response, or 0.
        public int status() {
            return text.startsWith("SIP/2.0 ") ? Integer.parseInt(text.substring(8, 11)) : 0;
        }

        /// The value of the first header of that name, as it came.
        public Optional<String> header(String name) {
            return headers(name).stream().findFirst();
        }

        /// The values of all headers of that name.
        public List<String> headers(String name) {
            List<String> values = new ArrayList<>();
            Matcher matcher =
                    Pattern.compile("(?im)^" + Pattern.quote(name) + "[ \t]*:[ \t]*(.*?)\r?$")
                            .matcher(head());
            while (matcher.find()) {
                values.add(matcher.group(1));
            }
            return values;
        }

        /// The number that a request is for: the user part of its address.
        public String called() {
            Matcher matcher = Pattern.compile("^\\w+ sips?:([^@;> ]*)@").matcher(text);
            return matcher.find() ? matcher.group(1) : "";
        }

        /// Everything above the body.
        public String head() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? text : text.substring(0, end);
        }
    }

    /// What is sent back for a request: whole messages, or none.
    @FunctionalInterface
    public interface Answers {
        List<String> to(Received request);
    }

    private SipSocket(DatagramSocket socket, Answers answers) {
        this.socket = socket;
        this.local = (InetSocketAddress) socket.getLocalSocketAddress();
        this.answers = answers;
    }

    /// A socket at an address of `network`, port 0 being any free one, that answers nothing.
    public static SipSocket open(NetNamespace network, String address, int port) throws Exception {
        return answering(network, address, port, _ -> List.of());
    }

    /// One in the network of this process.
    public static SipSocket answering(InetSocketAddress local, Answers answers) throws IOException {
        var made = new SipSocket(UdpPort.open(local), answers);
        made.receiving.start();
        return made;
    }

    /// A socket that answers each request, as often as it comes.
    public static SipSocket answering(
            NetNamespace network, String address, int port, Answers answers) throws Exception {
        DatagramSocket socket =
                network.call(() -> UdpPort.open(new InetSocketAddress(address, port)));
        var made = new SipSocket(socket, answers);
        made.receiving.start();
        return made;
    }

    /// Answers an INVITE with `status` and whatever else with 200.
    public static Answers refusing(int status) {
        return request ->
                request.isRequest("ACK")
                        ? List.of()
                        : List.of(reply(request, request.isRequest("INVITE") ? status : 200));
    }

    /// Where it is.
    public InetSocketAddress local() {
        return local;
    }

    /// Sends bytes.
    public void send(String message, InetSocketAddress to) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /// What came so far.
    public List<Received> received() {
        return List.copyOf(received);
    }

    /// Requests with that method; each once, however often it was sent again.
    public List<Received> requests(String method) {
        List<Received> once = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Received each : received) {
            if (each.isRequest(method)) {
                String id = each.header("Call-ID").orElse("") + each.header("CSeq").orElse("");
                if (!seen.contains(id)) {
                    seen.add(id);
                    once.add(each);
                }
            }
        }
        return once;
    }

    /// Waits for something.
    public Optional<Received> await(Predicate<Received> wanted, Duration patience) {
        try {
            Poll.until(patience, () -> received.stream().anyMatch(wanted), "a message");
        } catch (AssertionError _) {
            return Optional.empty();
        }
        return received.stream().filter(wanted).findFirst();
    }

    /// The last word on the request with that Call-ID: its final status, or 0 when there is none in
    /// time.
    public int finalStatus(String callId, Duration patience) {
        return await(
                        each ->
                                each.status() >= 200
                                        && each.header("Call-ID").orElse("").equals(callId),
                        patience)
                .map(Received::status)
                .orElse(0);
    }

    /// A response with what RFC 3261, 8.2.6.2, takes over from the request.
    public static String reply(Received request, int status, String... more) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + " Status\r\n");
        for (String name : List.of("Via", "From", "To", "Call-ID", "CSeq", "Record-Route")) {
            for (String value : request.headers(name)) {
                String tag =
                        name.equals("To") && !value.contains(";tag=") && status > 100
                                ? ";tag=trunk"
                                : "";
                text.append(name).append(": ").append(value).append(tag).append("\r\n");
            }
        }
        for (String header : more) {
            text.append(header).append("\r\n");
        }
        return text.append("Content-Length: 0\r\n\r\n").toString();
    }

    private void receive() {
        byte[] buffer = new byte[LARGEST];
        while (!socket.isClosed()) {
            try {
                var datagram = new DatagramPacket(buffer, buffer.length);
                socket.receive(datagram);
                var from = (InetSocketAddress) datagram.getSocketAddress();
                String text =
                        new String(buffer, 0, datagram.getLength(), StandardCharsets.ISO_8859_1);
                var message = new Received(text, from, System.nanoTime());
                received.add(message);
                if (!text.startsWith("SIP/2.0 ")) {
                    for (String answer : answers.to(message)) {
                        send(answer, from);
                    }
                }
            } catch (IOException _) {
                // Closed, or an ICMP error of something sent before.
            }
        }
    }

    /// Its port is free again then.
    @Override
    public void close() {
        socket.close();
        // Whoever reads from a socket keeps it open until they have noticed that it was closed.
        try {
            receiving.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
