package io.sandalphone.telephony.stream;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.codec.G711;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/// The sound of a leg at a carrier that plays from a buffer of its own and echoes marks. It outlives the
/// streams of its leg: while there is none, what is sent is dropped.
///
/// Runs on the call's loop.
public final class StreamMedia implements LegMedia {
    /// How long an echo may take beyond what the sound before it takes to play.
    static final Duration ECHO_GRACE = Duration.ofMillis(500);

    private final Loop loop;
    private final StreamMeters meters;
    private final PlayoutAccount account = new PlayoutAccount();
    private final Marks marks = new Marks();
    private FrameSink ears = _ -> {};
    private @Nullable StreamLine line;
    private SoundCoding heard = SoundCoding.of(G711.MU_LAW);
    private FrameCutter cutter = new FrameCutter();
    private ChunkOrder order = new ChunkOrder();

    public StreamMedia(Loop loop, StreamMeters meters) {
        this.loop = loop;
        this.meters = meters;
    }

    /// A stream of the leg begins whose sound is of 8 kHz; what the carrier held before it does not hold
    /// any more.
    public void open(StreamLine line) {
        open(line, SoundCoding.of(G711.MU_LAW));
    }

    /// A stream of the leg begins on which the party's sound is coded by `heard`.
    public void open(StreamLine line, SoundCoding heard) {
        giveUpWhatIsHeld();
        this.line = line;
        this.heard = heard;
        cutter = new FrameCutter(cutter.end());
        order = new ChunkOrder();
    }

    /// The stream is over.
    public void close() {
        line = null;
        giveUpWhatIsHeld();
    }

    /// Whether a stream is there.
    public boolean isOpen() {
        return line != null;
    }

    /// The party was heard. `pcm` is of any length, as the stream's coding has decoded it; `chunk` is its number on the stream and
    /// `millis` its time on the carrier's clock, each negative where the carrier did not say.
    public void received(short[] pcm, long chunk, long millis) {
        if (!order.put(chunk, pcm, millis, this::cut)) {
            meters.late().increment();
        }
    }

    private void cut(short[] pcm, long millis) {
        if (cutter.cut(heard.narrow(pcm), millis, ears) > 0) {
            meters.late().increment();
        }
    }

    /// The carrier has played all that was sent before the mark of this name.
    public void echoed(String name) {
        List<Runnable> played = marks.echoed(name);
        if (played.isEmpty()) {
            meters.marksUnknown().increment();
        }
        played.forEach(loop::execute);
    }

    /// A message came over the stream that is none.
    public void malformed() {
        meters.malformed().increment();
    }

    /// A message came over the stream that names another.
    public void foreign() {
        meters.foreign().increment();
    }

    @Override
    public void hear(FrameSink ears) {
        this.ears = ears;
    }

    @Override
    public void send(AudioFrame frame) {
        if (line == null) {
            meters.unsentNoStream().increment();
        } else if (!account.offer(loop.nanoTime())) {
            meters.unsentAhead().increment();
        } else if (!line.media(frame.pcm())) {
            meters.unsentCongested().increment();
        }
    }

    @Override
    public void whenPlayed(Runnable played) {
        if (line == null) {
            loop.execute(played);
            return;
        }
        long sent = account.sent();
        String name =
                marks.add(
                        () -> {
                            account.played(sent, loop.nanoTime());
                            played.run();
                        });
        line.mark(name);
        loop.schedule(
                Duration.ofNanos(account.held(loop.nanoTime())).plus(ECHO_GRACE),
                () -> overdue(name));
    }

    @Override
    public void whenToldPlayed(Runnable told) {
        if (line != null) {
            line.mark(marks.addForEcho(told));
        }
    }

    private void overdue(String name) {
        if (marks.isOutstanding(name)) {
            meters.marksLost().increment();
            marks.giveUp(name).forEach(Runnable::run);
        }
    }

    @Override
    public void clear() {
        if (line != null) {
            line.clear();
        }
        giveUpWhatIsHeld();
    }

    private void giveUpWhatIsHeld() {
        account.clear();
        marks.clear().forEach(loop::execute);
    }

    /// How many marks have not come back.
    int marksOutstanding() {
        return marks.count();
    }
}
