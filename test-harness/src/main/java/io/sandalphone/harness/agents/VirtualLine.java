package io.sandalphone.harness.agents;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.telephony.LegAudio;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// The caller's telephone, to which everything takes no time: what is spoken to it is played by the clock, three frames ahead at
/// first; it tells what it has played, and what it has not can be taken back. Whoever lets time pass gives it each frame
/// of the caller's ([#hear]) and has it play one ([#play]). Runs on the loop.
final class VirtualLine implements LegAudio {
    private static final int AHEAD = 3;
    private static final short[] NOTHING = new short[0];

    private final List<short[]> heard = new ArrayList<>();
    private final Deque<Sent> ahead = new ArrayDeque<>();
    private final List<Runnable> marks = new ArrayList<>();
    private List<Runnable> playing = List.of();
    private FrameSink ears = _ -> {};
    private @Nullable FrameSource mouth;
    private Runnable drained = () -> {};
    private long position;

    // An array, because sound is primitives; nobody compares it.
    @SuppressWarnings("ArrayRecordComponent")
    private record Sent(short[] pcm, List<Runnable> marks) {}

    @Override
    public void hear(FrameSink ears) {
        this.ears = ears;
    }

    /// The caller's next 20 ms.
    void hear(short[] pcm) {
        var frame = new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, position);
        position = frame.end();
        ears.accept(frame);
    }

    /// Whether somebody speaks to the caller.
    boolean isSpokenTo() {
        return mouth != null;
    }

    /// How many samples the caller has sent.
    long position() {
        return position;
    }

    @Override
    public void speak(FrameSource mouth, Runnable drained) {
        if (this.mouth == null) {
            this.mouth = mouth;
            this.drained = drained;
        }
    }

    @Override
    public void stop() {
        mouth = null;
        ahead.clear();
        marks.clear();
    }

    @Override
    public void whenPlayed(Runnable played) {
        marks.add(played);
    }

    /// Plays the next 20 ms.
    void play() {
        playing.forEach(Runnable::run);
        boolean dry = false;
        while (mouth != null && !dry && ahead.size() < AHEAD) {
            AudioFrame frame = mouth.poll();
            dry = frame == null;
            if (frame != null) {
                ahead.addLast(new Sent(frame.pcm(), List.copyOf(marks)));
                marks.clear();
            }
        }
        Sent now = ahead.pollFirst();
        playing = now == null ? List.of() : now.marks();
        heard.add(now == null ? NOTHING : audible(now.pcm()));
        if (mouth != null && now == null) {
            mouth = null;
            drained.run();
        }
    }

    /// Sound as the frames it is heard in; those that are silent are empty.
    static List<short[]> frames(short[] pcm) {
        int samples = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
        List<short[]> frames = new ArrayList<>();
        for (int at = 0; at + samples <= pcm.length; at += samples) {
            frames.add(audible(Arrays.copyOfRange(pcm, at, at + samples)));
        }
        return frames;
    }

    private static short[] audible(short[] frame) {
        return isSilent(frame) ? NOTHING : frame;
    }

    private static boolean isSilent(short[] pcm) {
        for (short sample : pcm) {
            if (sample != 0) {
                return false;
            }
        }
        return true;
    }

    /// How many frames were played, silent ones included.
    int frames() {
        return heard.size();
    }

    /// What was heard in frame `at`; empty where nothing was.
    short[] heard(int at) {
        return heard.get(at);
    }

    @Override
    public void duck(double decibels) {
        throw new AssertionError("there is nobody else");
    }

    @Override
    public void restore() {
        throw new AssertionError("there is nobody else");
    }
}
