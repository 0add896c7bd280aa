package io.sandalphone.media.vad;

import io.sandalphone.media.AudioFrame;

/// Spares a dearer detector the frames that are too quiet to be anybody's voice, digital silence
/// above all: one comparison for each sample, and mostly only for a few.
public final class LevelGate implements VoiceDetector {
    private final int threshold;
    private final VoiceDetector detector;

    /// Passes on to `detector` the frames in which some sample is at least `threshold` away from zero
    /// (of 32768), and answers no for the others.
    public LevelGate(int threshold, VoiceDetector detector) {
        if (threshold < 1 || threshold > Short.MAX_VALUE) {
            throw new IllegalArgumentException("threshold " + threshold + " is not in 1..32767");
        }
        this.threshold = threshold;
        this.detector = detector;
    }

    @Override
    public boolean speech(AudioFrame frame) {
        return opens(frame.pcm()) && detector.speech(frame);
    }

    private boolean opens(short[] pcm) {
        for (short sample : pcm) {
            if (Math.abs(sample) >= threshold) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        detector.close();
    }
}
