package io.sandalphone.speech;

/// Takes synthesized sound in pieces of any length, at 8 kHz.
@FunctionalInterface
public interface PcmSink {
    /// `pcm` belongs to the sink from here on.
    void accept(short[] pcm);
}
