package io.sandalphone.harness.carrier;

import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.sip.SpeechQueue;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/// `<Connect><Stream>`: the telephone's sound goes to the server and the server's to the telephone,
/// until the server or the call ends it. Owner: the carrier's loop.
final class StreamActivity implements Activity, StreamSocket.Listener {
    private static final int LATE_MARK_FRAMES = 25;
    private static final int INVALID = 31951;
    private static final int BINARY = 31950;

    private final SimulatedCall call;
    private final SimulatedCarrier carrier;
    private final Verb.Stream verb;
    private final StreamWire wire;
    private final StreamSocket socket;
    private final MediaFaults mediaFaults;
    private final PlayBuffer buffer = new PlayBuffer();
    private final Queue<LateMark> lateMarks = new ArrayDeque<>();
    private boolean open;
    private boolean over;
    private long frames;

    private long mediaSent;
    private long mediaReceived;
    private long bytesReceived;
    private long mostBuffered;
    private int clears;
    private int dropped;
    private int invalid;
    private final List<String> marksReceived = new ArrayList<>();
    private final List<String> marksEchoed = new ArrayList<>();
    private long[] arrivals = new long[64];
    private @Nullable StreamEnd end;

    /// A mark that is echoed when `frame` frames were played.
    private record LateMark(String name, long frame) {}

    StreamActivity(SimulatedCarrier carrier, SimulatedCall call, Verb.Stream verb) {
        this.carrier = carrier;
        this.call = call;
        this.verb = verb;
        wire =
                carrier.dialect().stream(
                        call,
                        new Dialect.StreamRequest(verb.attributes(), verb.parameters()),
                        carrier.faults());
        socket = new StreamSocket(carrier.vertx(), this);
        mediaFaults = new MediaFaults(carrier.faults(), wire.ordered());
    }

    @Override
    public void begin() {
        carrier.note(call, What.VERB, 0, "Connect Stream");
        if (!wire.problem().isEmpty()) {
            carrier.note(call, What.DOCUMENT, 12200, wire.problem());
        }
        socket.open(carrier.sockets(), carrier.reach(), verb.url(), wire.handshake());
    }

    @Override
    public void opened() {
        open = true;
        carrier.note(call, What.STREAM_OPENED, 0, wire.id());
        status("stream-started", "");
        wire.opening().forEach(socket::send);
        if (carrier.faults().strikes(CarrierFault.REPLAYED_TOKEN)) {
            new ReplayedStream(carrier, call, verb).begin();
        }
    }

    @Override
    public short[] exchange(short[] said) {
        if (!open || over) {
            return new short[SpeechQueue.FRAME];
        }
        frames++;
        byte[] sound = wire.towardsServer().encode(said);
        byte[] payload = repeated(sound, mediaFaults.framesOfNext());
        for (String due : mediaFaults.due(wire.media(payload))) {
            socket.send(due);
            mediaSent++;
        }
        SoundCoding coding = wire.fromServer();
        PlayBuffer.Drained drained = buffer.drain(coding.frameBytes());
        drained.marks().forEach(this::reached);
        while (!lateMarks.isEmpty() && lateMarks.element().frame() <= frames) {
            echo(lateMarks.remove().name());
        }
        return coding.decode(
                PlayBuffer.padded(drained.sound(), coding.frameBytes(), coding.silence()));
    }

    private static byte[] repeated(byte[] sound, int times) {
        byte[] repeated = Arrays.copyOf(sound, sound.length * times);
        for (int i = 1; i < times; i++) {
            System.arraycopy(sound, 0, repeated, i * sound.length, sound.length);
        }
        return repeated;
    }

    @Override
    public void text(String text) {
        switch (wire.read(text)) {
            case StreamWire.Request.Media(byte[] sound) -> media(sound);
            case StreamWire.Request.Mark(String name) -> {
                marksReceived.add(name);
                buffer.mark(name);
                buffer.reached().forEach(this::reached);
            }
            case StreamWire.Request.Clear() -> {
                clears++;
                buffer.clear().forEach(this::reached);
            }
            case StreamWire.Request.Unplayable() -> dropped++;
            case StreamWire.Request.Invalid(String why) -> invalid(INVALID, why);
        }
    }

    private void media(byte[] sound) {
        if (mediaReceived == arrivals.length) {
            arrivals = Arrays.copyOf(arrivals, arrivals.length * 2);
        }
        arrivals[(int) mediaReceived] = System.nanoTime();
        mediaReceived++;
        bytesReceived += sound.length;
        buffer.play(sound);
        mostBuffered = Math.max(mostBuffered, buffer.buffered());
    }

    private void reached(String mark) {
        if (carrier.faults().has(CarrierFault.LATE_MARKS)) {
            lateMarks.add(new LateMark(mark, frames + LATE_MARK_FRAMES));
        } else {
            echo(mark);
        }
    }

    private void echo(String mark) {
        marksEchoed.add(mark);
        socket.send(wire.mark(mark));
    }

    @Override
    public void binary() {
        invalid(BINARY, "a binary message");
    }

    /// A carrier warns once for each stream.
    private void invalid(int code, String why) {
        invalid++;
        if (invalid == 1) {
            carrier.note(call, What.STREAM_WARNING, code, why);
        }
        wire.complaint(why).ifPresent(socket::send);
    }

    @Override
    public void gone(StreamEnd why, String detail) {
        over = true;
        end = why;
        carrier.note(call, What.STREAM_ENDED, why.code(), detail);
        status(
                why == StreamEnd.CLOSED ? "stream-stopped" : "stream-error",
                why == StreamEnd.CLOSED ? "" : why.code() + " " + detail);
        call.finished(this);
    }

    @Override
    public void press(char key) {
        if (open && !over) {
            socket.send(wire.key(key));
        }
    }

    @Override
    public void end() {
        if (over) {
            return;
        }
        over = true;
        end = StreamEnd.STOPPED;
        if (open && !carrier.faults().strikes(CarrierFault.NO_STOP)) {
            socket.send(wire.stop());
        }
        socket.close();
        carrier.note(call, What.STREAM_ENDED, 0, "the call went on or ended");
        status("stream-stopped", "");
    }

    /// Breaks the socket off.
    void drop() {
        socket.drop();
    }

    private void status(String event, String error) {
        String callback = verb.attributes().get("statusCallback");
        if (callback != null) {
            carrier.callback(
                    call,
                    callback,
                    verb.attributes().getOrDefault("statusCallbackMethod", "POST"),
                    wire.status(event, error));
        }
    }

    StreamReport report() {
        int bytesPerMilli = wire.fromServer().frameBytes() / 20;
        return new StreamReport(
                wire.id(),
                verb.url(),
                mediaSent,
                mediaReceived,
                bytesReceived,
                mostBuffered / bytesPerMilli,
                List.copyOf(marksReceived),
                List.copyOf(marksEchoed),
                clears,
                dropped,
                invalid,
                Arrays.stream(arrivals, 0, (int) mediaReceived).boxed().toList(),
                end);
    }
}
