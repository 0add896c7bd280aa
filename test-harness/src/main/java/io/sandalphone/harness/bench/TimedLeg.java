package io.sandalphone.harness.bench;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.OptionalLong;

/// One person's telephone without a network: says recordings, in real time, and notes when what is spoken to it
/// begins to sound. A frame each [#tick]. Runs on the call's loop.
final class TimedLeg implements LegAudio {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);

    /// The least that a line is ever silent, as mu-law has it.
    private static final short NOISE = 8;

    private static final int CUSHION = 3;

    private final Loop loop;
    private FrameSink ears = _ -> {};
    private @Nullable FrameSource mouth;
    private Runnable drained = () -> {};
    private int cushion;
    private short[] saying = {};
    private int said;
    private long position;
    private OptionalLong firstSound = OptionalLong.empty();
    private boolean sounding;

    TimedLeg(Loop loop) {
        this.loop = loop;
    }

    /// Says `pcm` from the next tick on.
    void say(short[] pcm) {
        saying = pcm;
        said = 0;
    }

    /// Whether all of it has been said.
    boolean silent() {
        return said >= saying.length;
    }

    /// When, by the monotonic clock, the first sound came that was spoken to it since the last [#forget].
    OptionalLong firstSound() {
        return firstSound;
    }

    /// Whether something is being spoken to it.
    boolean sounding() {
        return sounding;
    }

    void forget() {
        firstSound = OptionalLong.empty();
    }

    /// 20 ms pass: the next of what is said is heard, and the next of what is spoken to it sounds.
    void tick() {
        var pcm = new short[FRAME];
        Arrays.fill(pcm, NOISE);
        int length = Math.min(FRAME, saying.length - said);
        System.arraycopy(saying, said, pcm, 0, length);
        said += length;
        var frame = new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position);
        position += FRAME;
        ears.accept(frame);
        play();
    }

    private void play() {
        if (mouth == null || take(mouth)) {
            return;
        }
        if (cushion > 0) {
            cushion--;
            return;
        }
        mouth = null;
        sounding = false;
        drained.run();
    }

    private boolean take(FrameSource source) {
        boolean more = source.poll() != null;
        if (more && firstSound.isEmpty()) {
            firstSound = OptionalLong.of(System.nanoTime());
        }
        return more;
    }

    @Override
    public void hear(FrameSink ears) {
        this.ears = ears;
    }

    @Override
    public void speak(FrameSource mouth, Runnable drained) {
        if (this.mouth != null) {
            return;
        }
        this.mouth = mouth;
        this.drained = drained;
        sounding = true;
        cushion = CUSHION;
        loop.execute(
                () -> {
                    for (int i = 0; i < CUSHION && take(mouth); i++) {}
                });
    }

    @Override
    public void stop() {
        mouth = null;
    }

    @Override
    public void duck(double decibels) {}

    @Override
    public void restore() {}
}
