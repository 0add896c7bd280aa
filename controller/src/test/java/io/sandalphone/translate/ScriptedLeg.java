package io.sandalphone.translate;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.time.VirtualLoop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A leg whose party says what the test hands over. What is spoken to the party is played when the
/// test says so, or by the clock of a loop, as a stream does.
final class ScriptedLeg implements LegAudio {
    private static final int CUSHION = 3;
    private static final Duration FRAME = Duration.ofMillis(AudioFrame.MILLIS);

    /// The first sample of each frame that was spoken to the party.
    final List<Integer> spoken = new ArrayList<>();

    final List<String> levels = new ArrayList<>();
    private FrameSink ears = _ -> {};
    private @Nullable FrameSource mouth;
    private Runnable drained = () -> {};
    private long position;
    private @Nullable VirtualLoop clock;
    private final List<Runnable> awaited = new ArrayList<>();
    private int owed;
    private long playedNanos;

    /// From now on what is spoken is played by the clock of `loop`.
    void playBy(VirtualLoop loop) {
        clock = loop;
    }

    @Override
    public void hear(FrameSink ears) {
        this.ears = ears;
    }

    @Override
    public void speak(FrameSource mouth, Runnable drained) {
        if (this.mouth == null) {
            this.mouth = mouth;
            this.drained = drained;
            if (clock != null) {
                VirtualLoop loop = clock;
                owed = CUSHION - 1;
                playedNanos = loop.nanoTime();
                loop.schedule(Duration.ZERO, () -> tick(loop));
            }
        }
    }

    private void tick(VirtualLoop loop) {
        FrameSource source = mouth;
        if (source == null) {
            return;
        }
        owed++;
        while (owed > 0) {
            AudioFrame frame = source.poll();
            if (frame == null) {
                break;
            }
            owed--;
            playedNanos = Math.max(playedNanos, loop.nanoTime()) + FRAME.toNanos();
            List.copyOf(awaited)
                    .forEach(
                            each ->
                                    loop.schedule(
                                            Duration.ofNanos(playedNanos - loop.nanoTime()), each));
            awaited.clear();
            spoken.add((int) frame.pcm()[0]);
        }
        if (owed > 0 && loop.nanoTime() >= playedNanos) {
            mouth = null;
            drained.run();
        } else {
            loop.schedule(FRAME, () -> tick(loop));
        }
    }

    @Override
    public void whenPlayed(Runnable played) {
        awaited.add(played);
    }

    @Override
    public void stop() {
        mouth = null;
    }

    @Override
    public void duck(double decibels) {
        levels.add("sunk");
    }

    @Override
    public void restore() {
        levels.add("risen");
    }

    /// The party makes a sound for so many frames; 0 is silence.
    void say(int value, int frames) {
        for (int i = 0; i < frames; i++) {
            var pcm = new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)];
            Arrays.fill(pcm, (short) value);
            say(pcm);
        }
    }

    /// The party makes this sound, of 20 ms.
    void say(short[] pcm) {
        var frame = new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position);
        position = frame.end();
        ears.accept(frame);
    }

    /// Plays the next 20 ms of what there is to say to the party.
    void playFrame() {
        AudioFrame frame = Objects.requireNonNull(Objects.requireNonNull(mouth).poll());
        spoken.add((int) frame.pcm()[0]);
    }

    /// Plays all that there is to say to the party, and lets the last of it drain.
    void play() {
        FrameSource source = mouth;
        if (source == null) {
            return;
        }
        for (AudioFrame frame = source.poll(); frame != null; frame = source.poll()) {
            spoken.add((int) frame.pcm()[0]);
        }
        mouth = null;
        drained.run();
    }

    /// The values spoken, without the silence between and without repetition.
    List<Integer> heard() {
        List<Integer> values = new ArrayList<>();
        for (int value : spoken) {
            if (value != 0 && (values.isEmpty() || values.getLast() != value)) {
                values.add(value);
            }
        }
        return values;
    }
}
