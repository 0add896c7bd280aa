package io.sandalphone.harness.calls;

import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.tone.ToneDetector;

/// How loud the caller's own voice, [StruckCall#VOICE], is at the destination, from when a fault struck until the caller fell silent: both by
/// [System#nanoTime].
record CallersVoice(Heard destination, long struck, long hushed) {
    private static final double FULL = StruckCall.QUICK.level() - 1.5;

    /// In milliseconds: a voice that sank for so long, or was not heard for so long, was not kept up.
    private static final int SUNK = 80;

    private static final int SILENT = 300;
    private static final int STEP = 20;

    /// Since when it is heard at full level until it ends. Short silences are packets
    /// that a busy machine sent late: a voice that sank is heard.
    long fullSince() {
        SoundTimeline sound = destination.sound();
        long since = sound.millisAt(began()) + STEP;
        long last = sound.millisAt(hushed) - 2L * STEP;
        int sunk = 0;
        int silent = 0;
        for (long at = since; at + STEP <= last; at += STEP) {
            double level = level(at);
            if (level >= FULL) {
                sunk = 0;
                silent = 0;
            } else if (level >= ToneDetector.AUDIBLE) {
                sunk += STEP;
            } else {
                silent += STEP;
            }
            if (sunk >= SUNK || silent >= SILENT) {
                since = at + STEP;
            }
        }
        return sound.nanosAt(since);
    }

    /// All of its levels, for readers.
    String levels() {
        SoundTimeline sound = destination.sound();
        StringBuilder text = new StringBuilder(":");
        for (long at = sound.millisAt(began()); at + STEP <= sound.millisAt(hushed); at += STEP) {
            text.append(' ').append(Math.round(level(at)));
        }
        return text.toString();
    }

    /// When it began.
    long began() {
        long from = destination.sound().millisAt(struck);
        return destination.tones().heard(StruckCall.VOICE).stream()
                .filter(tone -> tone.endMillis() > from)
                .findFirst()
                .map(tone -> destination.sound().nanosAt(tone.startMillis()))
                .orElseThrow(() -> new AssertionError("the caller's voice is not heard"));
    }

    private double level(long at) {
        return destination.tones().level(StruckCall.VOICE, at, at + STEP);
    }
}
