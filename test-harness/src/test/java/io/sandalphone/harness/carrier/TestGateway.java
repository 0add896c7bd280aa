package io.sandalphone.harness.carrier;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.loop.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.json.JsonObject;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A server such as carriers speak with, that does what a test says: it answers webhooks with
/// documents and takes every socket. It stands on its own beside the product, so that the simulators
/// are tried without it.
public final class TestGateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 16 << 20;

    private final EventLoop loop;
    private final HttpServer server;
    private final Map<String, Function<Post, Answer>> answers = new ConcurrentHashMap<>();
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();

    /// A request that came.
    public record Post(
            String path,
            String uri,
            Map<String, String> form,
            Map<String, String> headers,
            String body) {}

    /// An answer to one. A status of 0 is none at all.
    public record Answer(int status, String body) {}

    private TestGateway(EventLoop loop, HttpServer server) {
        this.loop = loop;
        this.server = server;
    }

    /// Starts one on any free port of loopback.
    public static TestGateway start(Vertx vertx) {
        var loop = new EventLoop(vertx.getOrCreateContext());
        var server =
                vertx.createHttpServer(
                        new HttpServerOptions()
                                .setHost("127.0.0.1")
                                .setPort(0)
                                .setMaxWebSocketFrameSize(LARGEST)
                                .setMaxWebSocketMessageSize(LARGEST));
        var gateway = new TestGateway(loop, server);
        server.requestHandler(gateway::received);
        server.webSocketHandler(socket -> gateway.sessions.add(new Session(loop, socket)));
        EventLoop.join(loop.call(server::listen).toCompletionStage().toCompletableFuture());
        return gateway;
    }

    /// Where it is.
    public URI origin() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /// Answers `path` with what `how` makes of each request.
    public void answer(String path, Function<Post, Answer> how) {
        answers.put(path, how);
    }

    /// Answers `path` with a document of `verbs`.
    public void document(String path, String verbs) {
        answer(path, _ -> new Answer(200, "<Response>" + verbs + "</Response>"));
    }

    /// What came to `path` so far.
    public List<Post> posts(String path) {
        return posts.stream().filter(each -> each.path().equals(path)).toList();
    }

    /// The request number `index` to `path`, waited for.
    public Post post(String path, int index) {
        Poll.until(PATIENCE, () -> posts(path).size() > index, path + " number " + index);
        return posts(path).get(index);
    }

    /// The socket number `index`, waited for.
    public Session session(int index) {
        Poll.until(PATIENCE, () -> sessions.size() > index, "socket number " + index);
        return sessions.get(index);
    }

    /// How many sockets were opened.
    public int sockets() {
        return sessions.size();
    }

    private void received(HttpServerRequest request) {
        request.body()
                .onSuccess(
                        body -> {
                            Map<String, String> form = new LinkedHashMap<>();
                            new QueryStringDecoder(body.toString(), false)
                                    .parameters()
                                    .forEach((name, values) -> form.put(name, values.getFirst()));
                            Map<String, String> headers = new LinkedHashMap<>();
                            request.headers()
                                    .forEach(each -> headers.put(each.getKey(), each.getValue()));
                            var post =
                                    new Post(
                                            request.path(),
                                            request.uri(),
                                            form,
                                            headers,
                                            body.toString());
                            posts.add(post);
                            Answer answer =
                                    answers.getOrDefault(request.path(), _ -> new Answer(204, ""))
                                            .apply(post);
                            if (answer.status() != 0) {
                                request.response()
                                        .setStatusCode(answer.status())
                                        .putHeader("Content-Type", "text/xml")
                                        .end(answer.body());
                            }
                        });
    }

    @Override
    public void close() {
        EventLoop.join(loop.call(server::close).toCompletionStage().toCompletableFuture());
    }

    /// One socket that a carrier opened.
    public static final class Session {
        private final EventLoop loop;
        private final ServerWebSocket socket;
        private final List<JsonObject> messages = new CopyOnWriteArrayList<>();
        private final List<String> texts = new CopyOnWriteArrayList<>();
        private volatile boolean closed;

        private Session(EventLoop loop, ServerWebSocket socket) {
            this.loop = loop;
            this.socket = socket;
            socket.textMessageHandler(
                    text -> {
                        texts.add(text);
                        if (text.startsWith("{\"event\":\"") && text.endsWith("}")) {
                            messages.add(new JsonObject(text));
                        }
                    });
            socket.closeHandler(_ -> closed = true);
            socket.exceptionHandler(_ -> closed = true);
        }

        /// A header of its handshake, empty when there is none.
        public String header(String name) {
            String value = socket.headers().get(name);
            return value == null ? "" : value;
        }

        /// The path and query that was asked for.
        public String uri() {
            return socket.uri();
        }

        /// The messages that came so far and are JSON.
        public List<JsonObject> messages() {
            return List.copyOf(messages);
        }

        /// All texts that came so far.
        public List<String> texts() {
            return List.copyOf(texts);
        }

        /// The messages of one event that came so far.
        public List<JsonObject> messages(String event) {
            return messages.stream().filter(each -> event.equals(each.getString("event"))).toList();
        }

        /// The message number `index` of `event`, waited for.
        public JsonObject message(String event, int index) {
            Poll.until(PATIENCE, () -> messages(event).size() > index, event + " number " + index);
            return messages(event).get(index);
        }

        /// The names of the marks that came back so far.
        public List<String> marks() {
            return messages("mark").stream()
                    .map(each -> each.getJsonObject("mark").getString("name"))
                    .toList();
        }

        /// Whether the carrier closed it, or it broke.
        public boolean closed() {
            return closed;
        }

        /// Sends one text.
        public void send(String text) {
            loop.run(() -> socket.writeTextMessage(text));
        }

        /// Sends binary data.
        public void sendBinary(byte[] bytes) {
            loop.run(() -> socket.writeBinaryMessage(Buffer.buffer(bytes)));
        }

        /// Closes it in due form.
        public void close() {
            loop.run(() -> socket.close());
        }

        /// Breaks the connection off, as when the server's process is killed.
        public void drop() {
            loop.run(
                    () -> {
                        var channel =
                                ((WebSocketInternal) socket).channelHandlerContext().channel();
                        channel.config().setOption(ChannelOption.SO_LINGER, 0);
                        channel.unsafe().close(channel.voidPromise());
                    });
        }
    }
}
