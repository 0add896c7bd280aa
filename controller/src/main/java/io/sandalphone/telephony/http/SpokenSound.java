package io.sandalphone.telephony.http;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// What the party says: sound that comes in pieces of up to a second is handed on in frames, 20 ms after
/// one another, as it was said. After a pause of more than [#PAUSE] the positions leave a gap. Runs on the
/// call's loop.
final class SpokenSound {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final long FRAME_NANOS = AudioFrame.MILLIS * 1_000_000L;

    /// As much may wait, in frames: 2 s. Who sends more is faster than time.
    private static final int MOST = 100;

    /// What comes late by less than this is handed on at once, so that lateness does not add up.
    private static final long LATE_NANOS = 3 * FRAME_NANOS;

    /// After so long without sound there was a pause, not a late piece.
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final Loop loop;
    private final Deque<short[]> frames = new ArrayDeque<>();
    private final short[] rest = new short[FRAME];
    private FrameSink ears = _ -> {};
    private int resting;
    private long position;
    private long dueNanos;
    private boolean begun;
    private Loop.Timer next = () -> {};

    SpokenSound(Loop loop) {
        this.loop = loop;
    }

    void hear(FrameSink ears) {
        this.ears = ears;
    }

    /// Takes a piece; false, and it is dropped, when too much waits already.
    boolean offer(short[] pcm) {
        if (frames.size() + pcm.length / FRAME > MOST) {
            return false;
        }
        if (frames.isEmpty()) {
            begin();
        }
        int taken = 0;
        while (taken < pcm.length) {
            int part = Math.min(FRAME - resting, pcm.length - taken);
            System.arraycopy(pcm, taken, rest, resting, part);
            resting += part;
            taken += part;
            if (resting == FRAME) {
                frames.addLast(rest.clone());
                resting = 0;
            }
        }
        next.cancel();
        handOn();
        return true;
    }

    /// The first piece after none: when its frames are due.
    private void begin() {
        long now = loop.nanoTime();
        long late = now - dueNanos;
        if (begun && late > PAUSE.toNanos()) {
            position += late / FRAME_NANOS * FRAME;
            Arrays.fill(rest, (short) 0);
            resting = 0;
        }
        dueNanos = begun ? Math.max(dueNanos, now - LATE_NANOS) : now;
        begun = true;
    }

    private void handOn() {
        long now = loop.nanoTime();
        while (!frames.isEmpty() && dueNanos <= now) {
            var frame = new AudioFrame(frames.removeFirst(), AudioFrame.TELEPHONE_RATE, position);
            position = frame.end();
            dueNanos += FRAME_NANOS;
            ears.accept(frame);
        }
        if (!frames.isEmpty()) {
            next = loop.schedule(Duration.ofNanos(dueNanos - now), this::handOn);
        }
    }

    /// Hands on nothing more.
    void stop() {
        next.cancel();
        frames.clear();
    }
}
