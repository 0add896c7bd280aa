package io.sandalphone.providers.offline;

import io.sandalphone.media.codec.PolyphaseFilter;
import io.sandalphone.media.codec.RationalResampler;

/// Makes telephone sound of a synthesizer's: at 8 kHz and without the silence before and after the
/// words.
final class TelephoneSound {
    private final RationalResampler resampler;
    private final SilenceTrimmer trimmer;

    TelephoneSound(PolyphaseFilter filter, SilenceTrimmer out) {
        resampler = new RationalResampler(filter);
        trimmer = out;
    }

    /// The next piece, at the rate of the filter's input.
    void accept(short[] pcm) {
        trimmer.accept(resampler.resample(pcm));
    }

    /// Hands over what was still held back.
    void finish() {
        trimmer.accept(resampler.finish());
    }
}
