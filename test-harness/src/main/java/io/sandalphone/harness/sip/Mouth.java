package io.sandalphone.harness.sip;

import io.sandalphone.harness.measure.MuLaw;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/// What a phone has to say next, as mu-law frames of 20 ms: what was queued, else what is to be
/// repeated, else silence. Holds no thread; its owner locks.
final class Mouth {
    static final int FRAME = 160;
    private static final byte[] SILENCE = new byte[FRAME];

    static {
        Arrays.fill(SILENCE, MuLaw.SILENCE);
    }

    private final Queue<byte[]> queue = new ArrayDeque<>();
    private byte[][] refrain = {};
    private int next;

    /// How many frames are queued.
    int queued() {
        return queue.size();
    }

    /// Queues `pcm`, the last frame filled up with silence.
    void say(short[] pcm) {
        queue.addAll(Arrays.asList(frames(pcm)));
    }

    /// Says `pcm` over and over whenever nothing is queued; nothing when it is empty.
    void repeat(short[] pcm) {
        refrain = frames(pcm);
        next = 0;
    }

    /// Drops what is queued and what is repeated.
    void hush() {
        queue.clear();
        repeat(new short[0]);
    }

    byte[] poll() {
        byte[] frame = queue.poll();
        if (frame != null) {
            return frame;
        }
        if (refrain.length == 0) {
            return SILENCE;
        }
        next = (next + 1) % refrain.length;
        return refrain[Math.floorMod(next - 1, refrain.length)];
    }

    private static byte[][] frames(short[] pcm) {
        byte[][] frames = new byte[Math.ceilDiv(pcm.length, FRAME)][];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = MuLaw.encode(Arrays.copyOfRange(pcm, i * FRAME, (i + 1) * FRAME));
        }
        return frames;
    }
}
