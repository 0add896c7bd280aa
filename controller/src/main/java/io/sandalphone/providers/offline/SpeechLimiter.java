package io.sandalphone.providers.offline;

/// Brings synthesized speech to -20 dBov and bends its peaks instead of clipping them.
///
/// espeak-ng's voices speak at the same level, phrase after phrase, so one gain fits; to measure each
/// phrase first would delay it.
final class SpeechLimiter {
    /// Measured over the phrases of `EspeakSynthesizerTest`.
    private static final double GAIN = 1.0;

    /// Where bending begins.
    private static final double KNEE = 20_000;

    private static final double ROOM = Short.MAX_VALUE - KNEE;

    short[] limit(short[] pcm) {
        var out = new short[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            double sample = GAIN * pcm[i];
            double over = Math.abs(sample) - KNEE;
            out[i] =
                    (short)
                            (over <= 0
                                    ? sample
                                    : Math.signum(sample) * (KNEE + ROOM * Math.tanh(over / ROOM)));
        }
        return out;
    }
}
