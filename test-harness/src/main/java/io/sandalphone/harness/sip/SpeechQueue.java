package io.sandalphone.harness.sip;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/// What a phone has to say next, as frames of 20 ms at 8 kHz: what was queued, else what is to be
/// repeated, else silence. Holds no thread; its owner locks.
public final class SpeechQueue {
    /// Samples of a frame.
    public static final int FRAME = 160;

    private static final short[] SILENCE = new short[FRAME];

    private final Queue<short[]> queue = new ArrayDeque<>();
    private short[][] refrain = {};
    private int next;

    /// How many frames are queued.
    public int queued() {
        return queue.size();
    }

    /// Queues `pcm`, the last frame filled up with silence.
    public void say(short[] pcm) {
        queue.addAll(Arrays.asList(frames(pcm)));
    }

    /// Says `pcm` over and over whenever nothing is queued; nothing when it is empty.
    public void repeat(short[] pcm) {
        refrain = frames(pcm);
        next = 0;
    }

    /// Drops what is queued and what is repeated.
    public void hush() {
        queue.clear();
        repeat(new short[0]);
    }

    /// The next frame.
    public short[] poll() {
        short[] frame = queue.poll();
        if (frame != null) {
            return frame;
        }
        if (refrain.length == 0) {
            return SILENCE;
        }
        next = (next + 1) % refrain.length;
        return refrain[Math.floorMod(next - 1, refrain.length)];
    }

    private static short[][] frames(short[] pcm) {
        short[][] frames = new short[Math.ceilDiv(pcm.length, FRAME)][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = Arrays.copyOfRange(pcm, i * FRAME, (i + 1) * FRAME);
        }
        return frames;
    }
}
