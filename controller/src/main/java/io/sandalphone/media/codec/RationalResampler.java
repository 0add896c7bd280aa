package io.sandalphone.media.codec;

import java.util.Arrays;

/// Converts one stream of mono PCM between any two rates whose ratio is rational, for example 22 050
/// to 8000. Keeps state from piece to piece, so pieces of any length join without a seam; one instance
/// serves one stream on one thread at a time.
public final class RationalResampler {
    private final PolyphaseFilter filter;

    /// What was heard and is still needed; its first sample is the first the next output looks at.
    private short[] line;

    private int phase;

    public RationalResampler(PolyphaseFilter filter) {
        this.filter = filter;
        // As if silence had gone before: the first output sits on the first input.
        line = new short[filter.taps() / 2 - 1];
    }

    /// The next piece of the stream at the other rate.
    public short[] resample(short[] pcm) {
        var input = Arrays.copyOf(line, line.length + pcm.length);
        System.arraycopy(pcm, 0, input, line.length, pcm.length);
        var out = new short[mostOutput(input.length)];
        int produced = 0;
        int first = 0;
        while (first + filter.taps() <= input.length) {
            double sample = filter.at(phase, input, first);
            out[produced++] =
                    (short) Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
            phase += filter.down();
            first += phase / filter.up();
            phase %= filter.up();
        }
        line = Arrays.copyOfRange(input, first, input.length);
        return Arrays.copyOf(out, produced);
    }

    /// The rest of the stream, which had waited for what follows: it was silence.
    public short[] finish() {
        return resample(new short[filter.taps() / 2]);
    }

    private int mostOutput(int inputSamples) {
        return (int) ((long) inputSamples * filter.up() / filter.down()) + 1;
    }
}
