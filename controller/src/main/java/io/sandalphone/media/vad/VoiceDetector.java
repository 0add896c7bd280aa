package io.sandalphone.media.vad;

import io.sandalphone.media.AudioFrame;

/// Says of one speaker's frames, one after another, whether they hold speech. Called on the loop
/// that owns the sound; never blocks.
public interface VoiceDetector extends AutoCloseable {
    /// Whether `frame`, at the telephone's 8 kHz, holds speech.
    boolean speech(AudioFrame frame);

    /// What `frame` holds, in place of [#speech]: of one frame only one of the two is asked.
    default Sound judge(AudioFrame frame) {
        return speech(frame) ? Sound.SPEECH : Sound.SILENCE;
    }

    /// Frees what the detector holds. Nothing may be asked afterwards; closing again does nothing.
    @Override
    void close();
}
