package io.sandalphone.media.codec;

/// Converts one stream of mono PCM between 8 and 16 kHz, exactly two to one. Keeps state from piece
/// to piece, so pieces of any length join without a seam; one instance serves one stream on one
/// thread at a time. Delays sound by less than 2 ms.
public interface Resampler {
    /// The next piece of the stream at the other rate. Leaves `pcm` as it is.
    short[] resample(short[] pcm);

    /// Forgets what came before, as at the start of another stream.
    void reset();
}
