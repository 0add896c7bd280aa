package io.sandalphone.harness.fakes.assemblyai;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.FakeServer;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.ServedFake;
import io.sandalphone.harness.fakes.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A stand-in for AssemblyAI's Universal-Streaming v3: `/v3/ws` and `/v3/token`, which know one key.
///
/// It checks what the service checks: the key or token, every parameter, the length of each piece
/// of audio and its pace. What it hears is what its [Recognizer] makes of the sound that arrived.
/// Models that promise immutable words and models that revise them behave as they do.
///
/// Traced are each `chunk` of audio and each `turn` told, counted from 0 both, by the first key term
/// of their session.
///
/// Faults strike sessions under way: CUT and HALF_CLOSE at once, SERVER_ERROR at the next word,
/// the others from the next message on. They strike handshakes too, as far as they can; a STALL
/// answers the handshake and says nothing more.
public final class AssemblyAiFake extends ServedFake {
    /// The key it knows.
    public static final String KEY = "assemblyai-key-of-the-fake";

    private static final Duration LONGEST_SESSION = Duration.ofHours(3);
    private static final Duration SLOW_HANDSHAKE = Duration.ofSeconds(3);

    private final Recognizer recognizer;
    private final AssemblyTimetable timetable;
    private final AssemblyHabits habits;
    private final FakeServer server;

    private final List<Session> sessions = new ArrayList<>();
    private final Map<String, Token> tokens = new HashMap<>();
    private final Map<Integer, Integer> refusals = new HashMap<>();
    private int begun;
    private int mostConcurrent;
    private int tokensGiven;

    /// A temporary key: for one session, until `expires`.
    private record Token(Instant expires, Duration longestSession) {}

    private AssemblyAiFake(
            Vertx vertx,
            FakeOptions options,
            Recognizer recognizer,
            AssemblyTimetable timetable,
            AssemblyHabits habits) {
        super(
                Fault.UNAUTHORIZED,
                Fault.FORBIDDEN,
                Fault.RATE_LIMITED,
                Fault.SERVER_ERROR,
                Fault.SLOW,
                Fault.STALL,
                Fault.HALF_CLOSE,
                Fault.CUT,
                Fault.GARBAGE,
                Fault.INCOMPLETE,
                Fault.WRONG_LANGUAGE,
                Fault.DUPLICATED_TURN,
                Fault.REWRITTEN_PARTIAL);
        this.recognizer = recognizer;
        this.timetable = timetable;
        this.habits = habits;
        this.server = FakeServer.listen(vertx, options, this::received);
    }

    /// Starts one that hears tones, takes the published times and behaves as documented.
    public static AssemblyAiFake start(Vertx vertx, FakeOptions options) {
        return start(
                vertx,
                options,
                new ToneRecognizer(),
                AssemblyTimetable.PUBLISHED,
                AssemblyHabits.DOCUMENTED);
    }

    /// Starts one that owns `recognizer`.
    public static AssemblyAiFake start(
            Vertx vertx,
            FakeOptions options,
            Recognizer recognizer,
            AssemblyTimetable timetable,
            AssemblyHabits habits) {
        return new AssemblyAiFake(vertx, options, recognizer, timetable, habits);
    }

    /// Where sessions are opened: `ws://…/v3/ws`, or `wss` when it has TLS.
    public URI streaming() {
        String address = address().toString();
        return URI.create("ws" + address.substring("http".length()) + "/v3/ws");
    }

    @Override
    protected FakeServer server() {
        return server;
    }

    @Override
    protected void strike(Fault fault) {
        sessions.forEach(session -> session.faultInjected(fault));
    }

    /// What came to pass so far.
    public AssemblyJournal journal() {
        return server.onLoop(
                () -> {
                    Map<Integer, Integer> refused = new HashMap<>(refusals);
                    sessions.stream()
                            .map(Session::closeCode)
                            .filter(code -> code != 0)
                            .forEach(code -> refused.merge(code, 1, Integer::sum));
                    return new AssemblyJournal(
                            sessions.size(),
                            begun,
                            ended(Session.End.TERMINATED),
                            ended(Session.End.CUT),
                            ended(Session.End.DISMISSED),
                            ended(Session.End.ABANDONED),
                            ended(Session.End.NOT_YET),
                            mostConcurrent,
                            refused,
                            sessions.stream().mapToLong(Session::audioMillis).sum(),
                            tokensGiven);
                });
    }

    private int ended(Session.End end) {
        return (int) sessions.stream().filter(session -> session.end() == end).count();
    }

    @Override
    public void close() {
        super.close();
        recognizer.close();
    }

    private void received(HttpServerRequest request) {
        if (activeFault.is(Fault.CUT)) {
            Wire.cut(request.connection());
        } else if (activeFault.is(Fault.SLOW)) {
            request.pause();
            server.after(
                    SLOW_HANDSHAKE,
                    () -> {
                        request.resume();
                        serve(request);
                    });
        } else {
            serve(request);
        }
    }

    private void serve(HttpServerRequest request) {
        switch (request.path()) {
            case "/v3/token" -> giveToken(request);
            case "/v3/ws" -> open(request);
            default -> refuse(request, 404, "Not found");
        }
    }

    private void giveToken(HttpServerRequest request) {
        if (refusedByFault(request) || !authorized(request)) {
            return;
        }
        Optional<Integer> expires = number(request, "expires_in_seconds", 60, 1, 600);
        Optional<Integer> longest =
                number(
                        request,
                        "max_session_duration_seconds",
                        (int) LONGEST_SESSION.toSeconds(),
                        60,
                        (int) LONGEST_SESSION.toSeconds());
        if (expires.isEmpty() || longest.isEmpty()) {
            refuse(request, 422, "Invalid duration");
            return;
        }
        String token = UUID.randomUUID().toString();
        tokens.put(
                token,
                new Token(
                        Instant.now().plusSeconds(expires.get()),
                        Duration.ofSeconds(longest.get())));
        tokensGiven++;
        request.response()
                .putHeader("Content-Type", "application/json")
                .end(
                        new JsonObject()
                                .put("token", token)
                                .put("expires_in_seconds", expires.get())
                                .encode());
    }

    private static Optional<Integer> number(
            HttpServerRequest request, String key, int otherwise, int least, int most) {
        String text = request.getParam(key);
        if (text == null) {
            return Optional.of(otherwise);
        }
        try {
            int value = Integer.parseInt(text);
            return value < least || value > most ? Optional.empty() : Optional.of(value);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private boolean authorized(HttpServerRequest request) {
        if (KEY.equals(request.getHeader("Authorization"))) {
            return true;
        }
        refuse(request, 401, "Unauthorized");
        return false;
    }

    /// Whether the active fault is shown by an HTTP status.
    private boolean refusedByFault(HttpServerRequest request) {
        int status =
                switch (activeFault.current()) {
                    case UNAUTHORIZED -> 401;
                    case FORBIDDEN -> 403;
                    case RATE_LIMITED -> 429;
                    case SERVER_ERROR -> 503;
                    case null, default -> 0;
                };
        if (status == 0) {
            return false;
        }
        refuse(request, status, "Refused");
        return true;
    }

    private void refuse(HttpServerRequest request, int status, String error) {
        refusals.merge(status, 1, Integer::sum);
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("error", error).encode());
    }

    private void open(HttpServerRequest request) {
        if (habits.refusesAfterHandshake()) {
            if (activeFault.is(Fault.UNAUTHORIZED)) {
                accept(request, new Refusal(Refusal.POLICY, "Unauthorized Connection"));
                return;
            }
            if (activeFault.is(Fault.RATE_LIMITED)) {
                accept(
                        request,
                        new Refusal(
                                Refusal.TOO_MANY_SESSIONS,
                                "Unauthorized Connection: Too many concurrent sessions"));
                return;
            }
        }
        if (refusedByFault(request)) {
            return;
        }
        Duration longest = LONGEST_SESSION;
        String temporary = request.getParam("token");
        Token token = temporary == null ? null : tokens.remove(temporary);
        if (token != null && token.expires().isAfter(Instant.now())) {
            longest = token.longestSession();
        } else if (!KEY.equals(request.getHeader("Authorization"))) {
            if (habits.refusesAfterHandshake()) {
                accept(request, new Refusal(Refusal.POLICY, "Unauthorized Connection"));
            } else {
                refuse(request, 401, "Unauthorized");
            }
            return;
        }
        Map<String, String> query = new HashMap<>();
        request.params().forEach(query::put);
        try {
            accept(request, Parameters.of(query), longest);
        } catch (Refusal refusal) {
            accept(request, refusal);
        }
    }

    private void accept(HttpServerRequest request, Refusal refusal) {
        request.toWebSocket()
                .onSuccess(
                        socket -> {
                            refusals.merge(refusal.code(), 1, Integer::sum);
                            socket.writeTextMessage(
                                    new JsonObject()
                                            .put("type", "Error")
                                            .put("error_code", refusal.code())
                                            .put("error", refusal.text())
                                            .encode());
                            socket.close((short) refusal.code(), refusal.text());
                        });
    }

    private void accept(HttpServerRequest request, Parameters asked, Duration longest) {
        request.toWebSocket().onSuccess(socket -> begin(request, socket, asked, longest));
    }

    /// What tells a session from others in the trace.
    private static String name(HttpServerRequest request) {
        String terms = request.getParam("keyterms_prompt", "[]");
        return new JsonArray(terms).stream().map(String::valueOf).findFirst().orElse("");
    }

    private void begin(
            HttpServerRequest request, ServerWebSocket socket, Parameters asked, Duration longest) {
        var session =
                new Session(
                        server,
                        socket,
                        request.connection(),
                        name(request),
                        asked,
                        recognizer,
                        timetable,
                        habits,
                        activeFault,
                        () -> begun++);
        sessions.add(session);
        mostConcurrent = Math.max(mostConcurrent, ended(Session.End.NOT_YET));
        socket.textMessageHandler(session::text)
                .binaryMessageHandler(session::binary)
                .exceptionHandler(_ -> session.closed())
                .closeHandler(_ -> session.closed());
        session.start(longest);
        if (activeFault.is(Fault.HALF_CLOSE)) {
            session.faultInjected(Fault.HALF_CLOSE);
        }
    }
}
