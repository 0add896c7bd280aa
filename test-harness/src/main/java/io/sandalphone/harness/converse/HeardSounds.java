package io.sandalphone.harness.converse;

import io.sandalphone.harness.agents.Stretch;
import io.sandalphone.harness.measure.Levels;
import io.sandalphone.harness.measure.SoundTimeline;

import java.util.ArrayList;
import java.util.List;

/// When somebody was heard in a recording that grows: what is louder than a line at rest, but for breaths. One thread.
final class HeardSounds {
    /// What is softer is no voice, in dBov.
    static final double AUDIBLE = -45;

    private static final int FRAME_MILLIS = 20;
    private static final int FRAME = 160;

    /// A silence up to this length is a breath.
    private static final int BREATH_MILLIS = 300;

    private final long baseNanos;
    private final List<Stretch> sounds = new ArrayList<>();
    private int frames;

    /// Times are counted from `baseNanos`, of [System#nanoTime].
    HeardSounds(long baseNanos) {
        this.baseNanos = baseNanos;
    }

    /// What has come to `recording`, which begins when it did before.
    List<Stretch> in(SoundTimeline recording) {
        short[] pcm = recording.pcm();
        long start = (recording.startNanos() - baseNanos) / 1_000_000;
        for (; (frames + 1) * FRAME <= pcm.length; frames++) {
            if (Levels.rms(pcm, frames * FRAME, (frames + 1) * FRAME) > AUDIBLE) {
                add(start + (long) frames * FRAME_MILLIS);
            }
        }
        return List.copyOf(sounds);
    }

    private void add(long from) {
        long begin = from;
        if (!sounds.isEmpty() && from - sounds.getLast().until() <= BREATH_MILLIS) {
            begin = sounds.removeLast().from();
        }
        sounds.add(new Stretch(begin, from + FRAME_MILLIS));
    }
}
