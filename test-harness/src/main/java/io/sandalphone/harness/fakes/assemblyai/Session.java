package io.sandalphone.harness.fakes.assemblyai;

import io.sandalphone.harness.fakes.ActiveFault;
import io.sandalphone.harness.fakes.FakeServer;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.Wire;
import io.sandalphone.media.AudioFrame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/// One streaming session, from the handshake to the close. Runs on the fake's loop.
final class Session {
    /// How a session ended, or that it has not.
    enum End {
        NOT_YET,
        TERMINATED,
        CUT,
        DISMISSED,
        ABANDONED
    }

    /// By how much audio may run ahead of the clock, which counts from `Begin`: from the first audio on it would begin late
    /// on a machine that was late to read it.
    private static final Duration BURST = Duration.ofSeconds(1);

    private static final Duration SLOWNESS = Duration.ofSeconds(3);
    private static final long SHORTEST_CHUNK_MILLIS = 50;
    private static final long LONGEST_CHUNK_MILLIS = 1000;
    private static final long HEARTBEAT_MILLIS = 5000;
    private static final long PARTIAL_EVERY_MILLIS = 3000;

    private final FakeServer server;
    private final ServerWebSocket socket;
    private final HttpConnection connection;
    private final String name;
    private final AssemblyTimetable timetable;
    private final AssemblyHabits habits;
    private final ActiveFault activeFault;
    private final Recognizer.Recognition recognition;
    private final AudioInput audio;
    private final Runnable begun;
    private final Deque<Runnable> outbox = new ArrayDeque<>();
    private final long openedNanos = System.nanoTime();

    private Parameters asked;
    private Turn turn = new Turn(0);
    private int turns;
    private long chunks;
    private long turnsTold;
    private long lastPartialMillis;
    private boolean speechSinceHeartbeat;
    private long begunNanos = openedNanos;
    private long lastSignNanos = openedNanos;
    private long outboxDueNanos = openedNanos;
    private End end = End.NOT_YET;
    private int closeCode;

    Session(
            FakeServer server,
            ServerWebSocket socket,
            HttpConnection connection,
            String name,
            Parameters asked,
            Recognizer recognizer,
            AssemblyTimetable timetable,
            AssemblyHabits habits,
            ActiveFault activeFault,
            Runnable begun) {
        this.server = server;
        this.socket = socket;
        this.connection = connection;
        this.name = name;
        this.asked = asked;
        this.timetable = timetable;
        this.habits = habits;
        this.activeFault = activeFault;
        this.begun = begun;
        this.audio = new AudioInput(asked);
        this.recognition = recognizer.open(new Words());
    }

    void start(Duration longest) {
        post(
                timetable.begin(),
                () -> {
                    begun.run();
                    begunNanos = System.nanoTime();
                    write(
                            new JsonObject()
                                    .put("type", "Begin")
                                    .put("id", UUID.randomUUID().toString())
                                    .put("expires_at", Instant.now().plus(longest).getEpochSecond())
                                    .put(
                                            "configuration",
                                            new JsonObject().put("model", asked.model())));
                    if (habits.tellsMore()) {
                        write(new JsonObject().put("type", "SpeakerRevision").put("turns", 0));
                    }
                });
        server.after(longest, () -> refuse(new Refusal(Refusal.EXPIRED, "Session Expired")));
        watchInactivity();
    }

    End end() {
        return end;
    }

    /// The code with which we closed it; 0 when we did not.
    int closeCode() {
        return closeCode;
    }

    long audioMillis() {
        return audio.millis();
    }

    void binary(Buffer chunk) {
        if (end != End.NOT_YET) {
            return;
        }
        server.note("chunk", name, chunks++);
        lastSignNanos = System.nanoTime();
        try {
            long millis = chunk.length() / asked.bytesPerMilli();
            if (millis < SHORTEST_CHUNK_MILLIS || millis > LONGEST_CHUNK_MILLIS) {
                throw new Refusal(
                        Refusal.BAD_AUDIO,
                        "Input Duration Error: chunk of " + millis + " ms, not 50 to 1000");
            }
            long elapsed = (lastSignNanos - begunNanos) / 1_000_000;
            if (audio.millis() + millis > elapsed + BURST.toMillis()) {
                throw new Refusal(
                        Refusal.BAD_AUDIO, "Audio Transmission Rate Exceeded: not in real time");
            }
        } catch (Refusal refusal) {
            refuse(refusal);
            return;
        }
        long before = audio.millis();
        for (AudioFrame frame : audio.frames(chunk.getBytes())) {
            recognition.hear(frame);
            speechSinceHeartbeat |= recognition.busy();
            endTurnAfterSilence(frame.millis() + AudioFrame.MILLIS);
            if (end != End.NOT_YET) {
                return;
            }
        }
        if (asked.heartbeat() && before / HEARTBEAT_MILLIS < audio.millis() / HEARTBEAT_MILLIS) {
            heartbeat();
        }
    }

    void text(String text) {
        if (end != End.NOT_YET) {
            return;
        }
        lastSignNanos = System.nanoTime();
        try {
            obey(parse(text));
        } catch (Refusal refusal) {
            refuse(refusal);
        }
    }

    private static JsonObject parse(String text) throws Refusal {
        try {
            return new JsonObject(text);
        } catch (DecodeException _) {
            throw Refusal.invalid("Invalid JSON");
        }
    }

    private void obey(JsonObject message) throws Refusal {
        switch (String.valueOf(message.getValue("type"))) {
            case "UpdateConfiguration" -> asked = asked.updated(message);
            case "ForceEndpoint" -> recognition.finish(this::endTurn);
            case "KeepAlive" -> {}
            case "Terminate" -> terminate();
            default -> throw Refusal.invalid("Invalid Message Type");
        }
    }

    private void terminate() {
        end = End.TERMINATED;
        recognition.finish(
                () -> {
                    endTurn();
                    post(
                            timetable.finality(),
                            () -> {
                                write(
                                        new JsonObject()
                                                .put("type", "Termination")
                                                .put(
                                                        "audio_duration_seconds",
                                                        audio.millis() / 1000)
                                                .put(
                                                        "session_duration_seconds",
                                                        sinceOpened().toSeconds()));
                                if (!activeFault.is(Fault.STALL)) {
                                    socket.close((short) 1000);
                                }
                            });
                });
    }

    /// The other side is gone.
    void closed() {
        if (end == End.NOT_YET) {
            end = End.ABANDONED;
        }
        recognition.close();
    }

    /// Says why in an `Error`, then closes with the code.
    void refuse(Refusal refusal) {
        dismiss(refusal, End.DISMISSED);
    }

    private void dismiss(Refusal refusal, End as) {
        if (end != End.NOT_YET) {
            return;
        }
        end = as;
        closeCode = refusal.code();
        write(
                new JsonObject()
                        .put("type", "Error")
                        .put("error_code", refusal.code())
                        .put("error", refusal.text()));
        socket.close((short) refusal.code(), "See Error message for details");
    }

    /// Something broke that was open already.
    void faultInjected(Fault fault) {
        if (end != End.NOT_YET) {
            return;
        }
        if (fault == Fault.CUT) {
            end = End.CUT;
            Wire.cut(connection);
        } else if (fault == Fault.HALF_CLOSE) {
            end = End.CUT;
            Wire.halfClose(connection);
        }
    }

    private Duration sinceOpened() {
        return Duration.ofNanos(System.nanoTime() - openedNanos);
    }

    private void watchInactivity() {
        if (asked.inactivitySeconds() == 0 || end != End.NOT_YET) {
            return;
        }
        Duration patience = Duration.ofSeconds(asked.inactivitySeconds());
        Duration idle = Duration.ofNanos(System.nanoTime() - lastSignNanos);
        if (idle.compareTo(patience) >= 0) {
            refuse(new Refusal(Refusal.EXPIRED, "Session closed after inactivity"));
        } else {
            server.after(patience.minus(idle), this::watchInactivity);
        }
    }

    private void heartbeat() {
        write(
                new JsonObject()
                        .put("type", "Heartbeat")
                        .put("total_audio_received_ms", audio.millis())
                        .put("total_duration_ms", sinceOpened().toMillis())
                        .put("max_speech_probability", speechSinceHeartbeat ? 0.93 : 0.04));
        speechSinceHeartbeat = false;
    }

    private void endTurnAfterSilence(long nowMillis) {
        if (!turn.isEmpty()
                && !recognition.busy()
                && nowMillis - turn.end() >= asked.silence(Turn.CONFIDENT)) {
            endTurn();
        }
    }

    private void endTurn() {
        if (turn.isEmpty()) {
            return;
        }
        Turn ended = turn;
        turns++;
        turn = new Turn(turns);
        boolean formatted = asked.revises() || asked.formatTurns();
        boolean later = formatted && !asked.revises() && habits.formatsInASecondTurn();
        tell(timetable.endOfTurn(), ended.ended(asked, formatted && !later));
        if (later) {
            tell(timetable.endOfTurn(), ended.ended(asked, true));
        }
        if (activeFault.is(Fault.DUPLICATED_TURN)) {
            tell(timetable.endOfTurn(), ended.ended(asked, formatted && !later));
        }
    }

    /// What the recognition says becomes turns.
    private final class Words implements Recognizer.Listener {
        @Override
        public void begun(HeardWord word) {
            if (asked.revises() || habits.tellsMore()) {
                tell(
                        timetable.wordLag(),
                        new JsonObject()
                                .put("type", "SpeechStarted")
                                .put("timestamp", word.start())
                                .put("confidence", 0.91));
            }
            goesOn(word);
        }

        @Override
        public void goesOn(HeardWord word) {
            if (!asked.revises()) {
                tell(timetable.wordLag(), turn.immutablePartial(asked, as(word)));
            }
        }

        @Override
        public void said(HeardWord word) {
            if (end == End.NOT_YET && activeFault.is(Fault.SERVER_ERROR)) {
                dismiss(new Refusal(Refusal.SERVER_ERROR, "Server error"), End.CUT);
                return;
            }
            boolean first = turn.isEmpty();
            turn.add(as(word));
            if (!asked.revises()) {
                tell(
                        untilFinal(word),
                        activeFault.is(Fault.REWRITTEN_PARTIAL) && !first
                                ? turn.rewrittenPartial(asked)
                                : turn.immutablePartial(asked, null));
            } else if (first || word.end() - lastPartialMillis >= PARTIAL_EVERY_MILLIS) {
                lastPartialMillis = word.end();
                tell(untilFinal(word), turn.revisablePartial(asked));
            }
        }

        /// Finality counts from the end of the word, and a recognizer may have taken its time.
        private Duration untilFinal(HeardWord word) {
            long passed = Math.max(0, audio.millis() - word.end());
            Duration rest = timetable.finality().minusMillis(passed);
            return rest.isNegative() ? Duration.ZERO : rest;
        }

        private HeardWord as(HeardWord word) {
            return activeFault.is(Fault.WRONG_LANGUAGE) ? Turn.foreign(word) : word;
        }
    }

    private void tell(Duration delay, JsonObject message) {
        if (habits.tellsMore()) {
            message.put("field_of_tomorrow", true);
        }
        post(delay, () -> write(message));
    }

    /// Does `send` after `delay`, and never before what was posted earlier.
    private void post(Duration delay, Runnable send) {
        Duration lag = activeFault.is(Fault.SLOW) ? delay.plus(SLOWNESS) : delay;
        long now = System.nanoTime();
        outboxDueNanos = Math.max(outboxDueNanos, now + lag.toNanos());
        outbox.add(send);
        server.after(Duration.ofNanos(outboxDueNanos - now), () -> outbox.remove().run());
    }

    private void write(JsonObject message) {
        if (socket.isClosed() || activeFault.is(Fault.STALL)) {
            return;
        }
        if (activeFault.is(Fault.GARBAGE)) {
            socket.writeTextMessage("{\"type\":\"Turn\",\"words\":[{]");
            socket.writeTextMessage("[{\"type\":\"Turn\",\"turn_order\":0}]");
            socket.writeBinaryMessage(Buffer.buffer(new byte[] {0, (byte) 0xff, 0x7f}));
            return;
        }
        if (message.getString("type").equals("Turn")) {
            server.note("turn", name, turnsTold++);
            if (activeFault.is(Fault.INCOMPLETE)) {
                Turn.spoil(message, turnsTold);
            }
        }
        socket.writeTextMessage(message.encode());
    }
}
