package io.sandalphone.providers.assemblyai;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.providers.assemblyai.ServerMessage.Turn;
import io.sandalphone.speech.Usage;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

import okio.ByteString;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.function.Consumer;

/// One session with the service, from the first packet to the last. It is billed until it is
/// terminated, so it outlives whoever opened it until that is done.
///
/// Thread-safe: used from the call's loop and the provider's thread, called by OkHttp's reader of
/// this connection. Its owner is called without a lock held.
final class Session extends WebSocketListener {
    /// Hears what becomes of its session.
    interface Owner {
        /// The service listens.
        void begun(Session session);

        void turn(Session session, Turn turn);

        /// The session lives, and says how probable it is that it has heard speech of late.
        void heartbeat(Session session, double speechProbability);

        /// The session is gone, or of no use any more; told at most once, and not after [#leave].
        void lost(Session session, SessionFailure loss);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /// The tariff under which listening is billed.
    static final String TARIFF = "assemblyai";

    /// How long the end of a session may take, as the vendor's own clients have it.
    static final Duration FAREWELL = Duration.ofSeconds(5);

    private static final String FORCE_ENDPOINT = "{\"type\":\"ForceEndpoint\"}";
    private static final String TERMINATE = "{\"type\":\"Terminate\"}";
    private static final int NORMAL = 1000;

    /// How much may wait in the socket: one second.
    private static final long MOST_QUEUED_BYTES = 8000;

    /// How many messages in a row may be unreadable.
    private static final int MOST_GARBAGE = 3;

    private static final long BILLED_EVERY_NANOS = 1_000_000_000;

    private final Owner owner;
    private final Usage usage;
    private final AssemblyAiMeters meters;
    private final Consumer<Session> gone;

    private volatile @Nullable WebSocket socket;

    private boolean connected;
    private boolean begun;
    private boolean leaving;
    private boolean over;
    private boolean toldLost;
    private long leftNanos;
    private long billedNanos;
    private int garbage;

    private Session(Owner owner, Usage usage, AssemblyAiMeters meters, Consumer<Session> gone) {
        this.owner = owner;
        this.usage = usage;
        this.meters = meters;
        this.gone = gone;
    }

    /// Begins to connect. `registered` gets the session before anything can happen to it, and
    /// `gone` once it is over.
    static Session open(
            OkHttpClient client,
            Request request,
            Owner owner,
            Usage usage,
            AssemblyAiMeters meters,
            Consumer<Session> registered,
            Consumer<Session> gone) {
        var session = new Session(owner, usage, meters, gone);
        registered.accept(session);
        session.socket = client.newWebSocket(request, session);
        return session;
    }

    /// Sends audio: 50 to 1000 ms of mu-law.
    void send(byte[] muLaw) {
        write(ByteString.of(muLaw));
    }

    /// Ends the turn after the audio sent so far.
    void forceEndpoint() {
        write(FORCE_ENDPOINT);
    }

    /// Whether the network takes audio more slowly than it is said.
    boolean congested() {
        WebSocket current = socket;
        return current != null && current.queueSize() > MOST_QUEUED_BYTES;
    }

    /// Has the service end the session: at once when it is connected, else as soon as it is. `tail` is
    /// sent before. Its owner gets no more events.
    synchronized void leave(byte @Nullable [] tail) {
        if (leaving || over) {
            return;
        }
        leaving = true;
        leftNanos = System.nanoTime();
        if (tail != null && begun) {
            send(tail);
        }
        if (connected) {
            terminate();
        }
    }

    /// Looks after the clock. Called every now and then.
    synchronized void pulse(long nowNanos) {
        if (over) {
            return;
        }
        if (connected && nowNanos - billedNanos >= BILLED_EVERY_NANOS) {
            bill(nowNanos);
        }
        if (leaving && nowNanos - leftNanos > FAREWELL.toNanos()) {
            meters.sessionsUnterminated().increment();
            cancel();
        }
    }

    /// Breaks the connection.
    void cancel() {
        WebSocket current = socket;
        if (current != null) {
            current.close(NORMAL, null);
            current.cancel();
        }
        end();
    }

    private void terminate() {
        write(TERMINATE);
    }

    private void write(String text) {
        WebSocket current = socket;
        if (current != null) {
            current.send(text);
        }
    }

    private void write(ByteString bytes) {
        WebSocket current = socket;
        if (current != null) {
            current.send(bytes);
        }
    }

    private void bill(long nowNanos) {
        usage.listened(TARIFF, Duration.ofNanos(nowNanos - billedNanos));
        billedNanos = nowNanos;
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
        socket = webSocket;
        synchronized (this) {
            connected = true;
            billedNanos = System.nanoTime();
            if (leaving) {
                terminate();
            }
        }
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
        ServerMessage.Read read;
        try {
            read = ServerMessage.parse(text);
        } catch (JsonMessage.UnreadableException _) {
            unreadable();
            return;
        }
        garbage = 0;
        if (read.incomplete()) {
            meters.incompleteMessages().increment();
        }
        try {
            obey(webSocket, read.message());
        } catch (RuntimeException e) {
            // Whatever is wrong with one message, the next ones are heard.
            LOG.atError().setCause(e).log("a message of assemblyai cannot be handled");
        }
    }

    private void obey(WebSocket webSocket, ServerMessage message) {
        switch (message) {
            case ServerMessage.Begin() -> begin();
            case ServerMessage.Turn turn -> owner.turn(this, turn);
            case ServerMessage.Heartbeat(double speech) -> owner.heartbeat(this, speech);
            case ServerMessage.Failed(int code, String reason) ->
                    lose(SessionFailure.ofClose(code, reason));
            case ServerMessage.Terminated() -> webSocket.close(NORMAL, null);
            case ServerMessage.Other() -> meters.ignoredMessages().increment();
        }
    }

    @Override
    public void onMessage(WebSocket webSocket, ByteString bytes) {
        unreadable();
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
        webSocket.close(NORMAL, null);
        lose(SessionFailure.ofClose(code, reason));
        end();
    }

    @Override
    public void onClosed(WebSocket webSocket, int code, String reason) {
        end();
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable failure, @Nullable Response response) {
        end();
        lose(
                response == null || response.code() == 101
                        ? SessionFailure.ofFailure(failure)
                        : SessionFailure.ofStatus(response.code()));
    }

    private void begin() {
        synchronized (this) {
            if (begun) {
                return;
            }
            begun = true;
            meters.sessionsStarted().increment();
            if (leaving) {
                return;
            }
        }
        owner.begun(this);
    }

    /// Only OkHttp's reader counts here.
    private void unreadable() {
        meters.malformedMessages().increment();
        garbage++;
        if (garbage >= MOST_GARBAGE) {
            lose(SessionFailure.ofGarbage());
        }
    }

    private void lose(SessionFailure loss) {
        synchronized (this) {
            if (leaving || toldLost) {
                return;
            }
            toldLost = true;
        }
        owner.lost(this, loss);
    }

    private void end() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            if (connected) {
                bill(System.nanoTime());
            }
        }
        gone.accept(this);
    }
}
