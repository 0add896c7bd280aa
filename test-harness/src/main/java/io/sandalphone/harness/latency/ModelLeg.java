package io.sandalphone.harness.latency;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.time.Loop;
import io.sandalphone.time.TickGrid;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A party's telephone, to which everything takes no time: what is spoken to it begins on the next tick of 20 ms, three frames
/// ahead at first, and is heard by the clock, of which it tells. Runs on the loop.
final class ModelLeg implements LegAudio {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long FRAME_NANOS = AudioFrame.MILLIS * NANOS_PER_MILLI;
    private static final int CUSHION = 3;

    private final Loop loop;
    private final TickGrid grid = new TickGrid(0, FRAME_NANOS);
    private final List<Stretch> sounds = new ArrayList<>();
    private final List<Runnable> awaited = new ArrayList<>();
    private FrameSink ears = _ -> {};
    private @Nullable FrameSource mouth;
    private Runnable drained = () -> {};
    private int owed;
    private long playedNanos;

    /// From when until when something is heard, in milliseconds of the loop.
    record Stretch(long from, long until) {}

    ModelLeg(Loop loop) {
        this.loop = loop;
    }

    @Override
    public void hear(FrameSink ears) {
        this.ears = ears;
    }

    /// The party says `frame`.
    void say(AudioFrame frame) {
        ears.accept(frame);
    }

    @Override
    public void speak(FrameSource mouth, Runnable drained) {
        if (this.mouth == null) {
            this.mouth = mouth;
            this.drained = drained;
            owed = CUSHION - 1;
            playedNanos = loop.nanoTime();
            next(this::tick);
        }
    }

    private void next(Runnable tick) {
        loop.schedule(Duration.ofNanos(grid.after(loop.nanoTime()) - loop.nanoTime()), tick);
    }

    private void tick() {
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
            play(frame);
        }
        if (owed > 0 && loop.nanoTime() >= playedNanos) {
            mouth = null;
            drained.run();
        } else {
            next(this::tick);
        }
    }

    private void play(AudioFrame frame) {
        long from = heardMillis();
        playedNanos = Math.max(playedNanos, loop.nanoTime()) + FRAME_NANOS;
        var told = Duration.ofNanos(playedNanos - loop.nanoTime());
        awaited.forEach(each -> loop.schedule(told, each));
        awaited.clear();
        if (silent(frame)) {
            return;
        }
        if (!sounds.isEmpty() && sounds.getLast().until() == from) {
            from = sounds.removeLast().from();
        }
        sounds.add(new Stretch(from, playedNanos / NANOS_PER_MILLI));
    }

    private static boolean silent(AudioFrame frame) {
        for (short sample : frame.pcm()) {
            if (sample != 0) {
                return false;
            }
        }
        return true;
    }

    /// When the party hears the frame that their telephone is given just now.
    long heardMillis() {
        return Math.max(playedNanos, loop.nanoTime()) / NANOS_PER_MILLI;
    }

    /// When they hear something, so far.
    List<Stretch> sounds() {
        return List.copyOf(sounds);
    }

    /// Whether there is something to play.
    boolean speaking() {
        return mouth != null;
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
    public void duck(double decibels) {}

    @Override
    public void restore() {}
}
