package io.sandalphone.harness.client;

import io.sandalphone.harness.loop.EventLoop;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.sip.SpeechQueue;
import io.sandalphone.media.codec.Downsampler;
import io.sandalphone.media.codec.Resampler;
import io.sandalphone.media.codec.Upsampler;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/// One person in a call over `WS /client` (`controller/docs/clients.md`), as the page has it: it sends 20 ms
/// of 16 kHz PCM 50 times a second, in binary frames, and comes back by itself when its connection breaks
/// off, as the same client, every half second until it is let in.
///
/// What it is told it keeps as words, in order: the `state` of the gateway's messages, `error` with its
/// code, and of its own `lost` when the connection breaks off and `over` when it does not come back.
/// Sound is 8 kHz here; what was heard is on the clock of [System#nanoTime]. Thread-safe.
public final class ClientPhone implements AutoCloseable {
    private static final long FRAME_NANOS = 20_000_000;
    private static final long BACK_MILLIS = 500;
    private static final int NORMAL = 1000;
    private static final int TAKEN_OVER = 4001;
    private static final String PATH = "/client";

    private final Vertx vertx;
    private final EventLoop loop;
    private final WebSocketClient client;
    private final WebSocketConnectOptions gateway;
    private final JsonObject init;
    private final SpeechQueue speech = new SpeechQueue();
    private final Resampler toWire = Upsampler.narrowBand();
    private final Resampler fromWire = new Downsampler();
    private final PlayedSound heard = new PlayedSound(System.nanoTime());
    private final List<String> words = new ArrayList<>();
    private final List<JsonObject> states = new CopyOnWriteArrayList<>();
    private @Nullable WebSocket socket;
    private boolean over;
    private long endedNanos;
    private long frames;
    private long begunNanos;
    private long ticking = -1;

    private ClientPhone(Vertx vertx, WebSocketConnectOptions gateway, JsonObject init) {
        this.vertx = vertx;
        loop = new EventLoop(context(vertx));
        client = vertx.createWebSocketClient();
        this.gateway = gateway;
        this.init =
                new JsonObject()
                        .put("type", "init")
                        .put("languageHint", "auto")
                        .put("resume", UUID.randomUUID().toString())
                        .put("states", true)
                        .mergeIn(init);
    }

    private static Context context(Vertx vertx) {
        return vertx.getOrCreateContext();
    }

    /// Enters the call `callId` with `ticket` at the gateway whose public listener has `port` on loopback.
    public static ClientPhone enter(Vertx vertx, int port, String callId, String ticket) {
        return enter(vertx, port, new JsonObject().put("callId", callId).put("ticket", ticket));
    }

    /// The same by what `init` says of the client, such as the operator's token in place of a ticket.
    public static ClientPhone enter(Vertx vertx, int port, JsonObject init) {
        return enter(
                vertx,
                new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(PATH),
                init);
    }

    /// The same at the gateway whose public address is `gateway`, `https` or `http`; certificates have to be valid.
    public static ClientPhone enter(Vertx vertx, URI gateway, String callId, String ticket) {
        boolean secure = "https".equals(gateway.getScheme());
        int port = gateway.getPort() >= 0 ? gateway.getPort() : secure ? 443 : 80;
        return enter(
                vertx,
                new WebSocketConnectOptions()
                        .setHost(gateway.getHost())
                        .setPort(port)
                        .setSsl(secure)
                        .setURI(PATH),
                new JsonObject().put("callId", callId).put("ticket", ticket));
    }

    private static ClientPhone enter(
            Vertx vertx, WebSocketConnectOptions gateway, JsonObject init) {
        var phone = new ClientPhone(vertx, gateway, init);
        phone.loop.run(phone::connect);
        return phone;
    }

    private void connect() {
        client.connect(new WebSocketConnectOptions(gateway))
                .onSuccess(this::connected)
                .onFailure(_ -> comeBack());
    }

    private void connected(WebSocket opened) {
        if (isOver()) {
            var _ = opened.close();
            return;
        }
        socket = opened;
        opened.textMessageHandler(this::told);
        opened.binaryMessageHandler(this::play);
        opened.exceptionHandler(_ -> {});
        opened.closeHandler(_ -> closed(opened));
        var _ = opened.writeTextMessage(init.encode());
    }

    private void told(String text) {
        var message = new JsonObject(text);
        switch (message.getString("type")) {
            case "ready" -> begin();
            case "state" -> {
                states.add(message);
                note(message.getString("state"));
            }
            case "error" -> note("error " + message.getString("code"));
            default -> {}
        }
    }

    private void begin() {
        note("ready");
        stopTalking();
        frames = 0;
        begunNanos = System.nanoTime();
        ticking = vertx.setPeriodic(20, _ -> talk());
    }

    private void stopTalking() {
        vertx.cancelTimer(ticking);
    }

    /// A loop that was held up says what it missed.
    private void talk() {
        WebSocket open = socket;
        while (open != null && (frames + 1) * FRAME_NANOS <= System.nanoTime() - begunNanos) {
            var _ = open.writeBinaryMessage(bytes(toWire.resample(next())));
        }
    }

    private synchronized short[] next() {
        frames++;
        return speech.poll();
    }

    private static Buffer bytes(short[] pcm) {
        Buffer bytes = Buffer.buffer(2 * pcm.length);
        for (short sample : pcm) {
            bytes.appendShortLE(sample);
        }
        return bytes;
    }

    private synchronized void play(Buffer bytes) {
        var pcm = new short[bytes.length() / 2];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = bytes.getShortLE(2 * i);
        }
        heard.add(fromWire.resample(pcm), System.nanoTime());
    }

    private void closed(WebSocket closed) {
        if (!closed.equals(socket)) {
            return;
        }
        socket = null;
        stopTalking();
        Short code = closed.closeStatusCode();
        if (code != null && (code == NORMAL || code == TAKEN_OVER)) {
            end();
        } else {
            note("lost");
            comeBack();
        }
    }

    private void comeBack() {
        if (!isOver()) {
            vertx.setTimer(
                    BACK_MILLIS,
                    _ -> {
                        if (!isOver()) {
                            connect();
                        }
                    });
        }
    }

    private synchronized void end() {
        if (!over) {
            over = true;
            endedNanos = System.nanoTime();
            words.add("over");
        }
    }

    private synchronized void note(String word) {
        words.add(word);
    }

    /// What it was told, in order.
    public synchronized List<String> words() {
        return List.copyOf(words);
    }

    /// The last message by which it was told of this state.
    public JsonObject state(String state) {
        return states.stream()
                .filter(message -> message.getString("state").equals(state))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    /// Takes the call that rings, where it stands by.
    public void answer() {
        loop.run(() -> write("{\"type\":\"answer\"}"));
    }

    /// Does not want the call that rings.
    public void decline() {
        loop.run(() -> write("{\"type\":\"decline\"}"));
    }

    private void write(String message) {
        WebSocket open = socket;
        if (open != null) {
            var _ = open.writeTextMessage(message);
        }
    }

    /// Whether the call is over for it, by whoever's wish.
    public synchronized boolean isOver() {
        return over;
    }

    /// When it was over ([System#nanoTime]); 0 before.
    public synchronized long endedNanos() {
        return endedNanos;
    }

    /// Whether it is connected and two people talk.
    public synchronized boolean isTalking() {
        List<String> own =
                words.stream().filter(word -> List.of("ready", "talking").contains(word)).toList();
        return !over && !own.isEmpty() && own.getLast().equals("talking") && !isLost();
    }

    private boolean isLost() {
        return words.lastIndexOf("lost") > words.lastIndexOf("ready");
    }

    /// Says `pcm` after what is still to be said. Gives when its first sample leaves.
    public synchronized long say(short[] pcm) {
        long starts = begunNanos + (frames + 1 + speech.queued()) * FRAME_NANOS;
        speech.say(pcm);
        return starts;
    }

    /// Says `pcm` over and over whenever nothing is queued.
    public synchronized void repeat(short[] pcm) {
        speech.repeat(pcm);
    }

    /// Forgets what it has still to say.
    public synchronized void hush() {
        speech.hush();
    }

    /// What it heard.
    public synchronized SoundTimeline heard() {
        return heard.timeline();
    }

    /// The connection breaks off without a word, as when a network is lost, and comes back by itself.
    public void loseConnection() {
        loop.run(
                () -> {
                    WebSocket open = socket;
                    if (open != null) {
                        var _ = open.close((short) 4000, "lost");
                    }
                });
    }

    /// The person hangs up.
    public void hangUp() {
        loop.run(
                () -> {
                    WebSocket open = socket;
                    end();
                    if (open != null) {
                        var _ = open.writeTextMessage("{\"type\":\"bye\"}");
                        var _ = open.close();
                    }
                });
    }

    @Override
    public void close() {
        loop.run(
                () -> {
                    end();
                    stopTalking();
                    WebSocket open = socket;
                    if (open != null) {
                        var _ = open.close();
                    }
                    var _ = client.close();
                });
    }
}
