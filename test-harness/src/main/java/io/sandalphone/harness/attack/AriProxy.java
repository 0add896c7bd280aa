package io.sandalphone.harness.attack;

import io.sandalphone.harness.lab.NetNamespace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Stands between a controller and Asterisk's REST interface, passes everything on, and loses single
/// requests or their answers as a network would. The socket of events is passed on untouched.
///
/// Thread-safe.
public final class AriProxy implements AutoCloseable {
    /// Where it listens, on the loopback of Asterisk's network.
    public static final int PORT = 8087;

    private static final int ARI_PORT = 8088;
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length:\\s*(\\d+)");

    private final ServerSocket server;
    private final ThreadFactory threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Rule rule = _ -> Fate.PASS;

    /// What becomes of a request.
    public enum Fate {
        PASS,
        /// Asterisk never sees it, and nobody answers.
        LOSE_REQUEST,
        /// Asterisk does it, and the answer never comes.
        LOSE_ANSWER,
        /// Asterisk never sees it; the answer is 500.
        FAIL
    }

    /// A request for Asterisk.
    ///
    /// @param nanos when it came ([System#nanoTime])
    public record Request(String method, String target, long nanos) {
        /// Whether it changes something.
        public boolean changes() {
            return !method.equals("GET");
        }
    }

    /// Decides what becomes of each request. Called from many threads.
    @FunctionalInterface
    public interface Rule {
        Fate of(Request request);
    }

    private AriProxy(ServerSocket server, ThreadFactory threads) {
        this.server = server;
        this.threads = threads;
    }

    /// Begins to listen; everything passes.
    public static AriProxy open(NetNamespace network) throws Exception {
        ServerSocket server =
                network.call(() -> new ServerSocket(PORT, 50, InetAddress.getLoopbackAddress()));
        var proxy = new AriProxy(server, network.threadFactory());
        proxy.threads.newThread(proxy::accept).start();
        return proxy;
    }

    /// The settings of a controller that speaks through it, as YAML. What is lost, it soon takes for
    /// lost.
    public static String settings() {
        return "asterisk: {ari: {url: \"http://127.0.0.1:%d/ari\", request-timeout: 1s}}\n"
                .formatted(PORT);
    }

    /// What becomes of requests from now on.
    public void rule(Rule next) {
        rule = next;
    }

    /// Every request so far.
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                threads.newThread(() -> serve(client)).start();
            } catch (IOException _) {
                // Closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket far = new Socket()) {
            open.add(far);
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ARI_PORT));
            while (true) {
                byte[] head = head(client.getInputStream());
                if (head.length == 0) {
                    return;
                }
                String text = new String(head, StandardCharsets.ISO_8859_1);
                String[] line = text.split(" ", 3);
                byte[] body = client.getInputStream().readNBytes(length(text));
                if (text.toLowerCase(java.util.Locale.ROOT).contains("\r\nupgrade:")) {
                    far.getOutputStream().write(head);
                    tunnel(client, far);
                    return;
                }
                var request = new Request(line[0], line[1], System.nanoTime());
                requests.add(request);
                Fate fate = rule.of(request);
                if (fate == Fate.LOSE_REQUEST) {
                    hang(client);
                    return;
                }
                if (fate == Fate.FAIL) {
                    client.getOutputStream()
                            .write(
                                    "HTTP/1.1 500 Attacked\r\nContent-Length: 2\r\n\r\n{}"
                                            .getBytes(StandardCharsets.ISO_8859_1));
                    continue;
                }
                far.getOutputStream().write(head);
                far.getOutputStream().write(body);
                byte[] answer = head(far.getInputStream());
                byte[] content =
                        far.getInputStream()
                                .readNBytes(
                                        length(new String(answer, StandardCharsets.ISO_8859_1)));
                if (fate == Fate.LOSE_ANSWER) {
                    hang(client);
                    return;
                }
                if (answer.length == 0) {
                    return;
                }
                client.getOutputStream().write(answer);
                client.getOutputStream().write(content);
            }
        } catch (IOException _) {
            // Either side went; the other goes with it.
        } finally {
            open.remove(client);
        }
    }

    /// Says nothing more until the other side goes.
    private static void hang(Socket client) throws IOException {
        while (client.getInputStream().read() >= 0) {
            // Whatever else it wants is not answered either.
        }
    }

    private void tunnel(Socket client, Socket far) throws IOException {
        threads.newThread(
                        () -> {
                            try {
                                far.getInputStream().transferTo(client.getOutputStream());
                                client.close();
                            } catch (IOException _) {
                                // Closed.
                            }
                        })
                .start();
        client.getInputStream().transferTo(far.getOutputStream());
    }

    /// Up to the empty line, which is part of it; empty when the other side has closed.
    private static byte[] head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int ended = 0;
        while (ended < 4) {
            int next = in.read();
            if (next < 0) {
                return new byte[0];
            }
            head.write(next);
            ended = next == (ended % 2 == 0 ? '\r' : '\n') ? ended + 1 : next == '\r' ? 1 : 0;
        }
        return head.toByteArray();
    }

    private static int length(String head) {
        Matcher matcher = LENGTH.matcher(head);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
