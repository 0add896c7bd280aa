package io.sandalphone.providers.offline;

import io.sandalphone.speech.PcmSink;

import java.util.Arrays;

/// Passes sound on from where it begins to where it ends: silence before and after is left out,
/// pauses in between stay.
final class SilenceTrimmer implements PcmSink {
    private final PcmSink out;

    /// Below this it is silence before the words, and behind them.
    private final int before;

    private final int behind;

    /// Samples kept on either side, so that soft beginnings and ends are not cut.
    private final int margin;

    private boolean begun;
    private short[] held = {};

    private SilenceTrimmer(PcmSink out, int before, int behind, int margin) {
        this.out = out;
        this.before = before;
        this.behind = behind;
        this.margin = margin;
    }

    /// For a voice whose silence is silent: below -50 dBov, but for 10 ms.
    static SilenceTrimmer ofSilence(PcmSink out) {
        return new SilenceTrimmer(out, 104, 104, 80);
    }

    /// For a voice that makes a little noise half a second after the words, such as Pico: below -50 dBov
    /// before them and -42 behind them, but for 30 ms.
    static SilenceTrimmer ofNoise(PcmSink out) {
        return new SilenceTrimmer(out, 104, 260, 240);
    }

    @Override
    public void accept(short[] pcm) {
        var waiting = Arrays.copyOf(held, held.length + pcm.length);
        System.arraycopy(pcm, 0, waiting, held.length, pcm.length);
        int from = begun ? 0 : Math.max(0, firstLoud(waiting) - margin);
        int to = Math.min(waiting.length, lastLoud(waiting) + 1 + margin);
        if (lastLoud(waiting) < 0) {
            // Nothing but silence: before the words only the margin can be of use.
            held = begun ? waiting : tail(waiting);
            return;
        }
        begun = true;
        out.accept(Arrays.copyOfRange(waiting, from, to));
        held = Arrays.copyOfRange(waiting, to, waiting.length);
    }

    private short[] tail(short[] pcm) {
        return Arrays.copyOfRange(pcm, Math.max(0, pcm.length - margin), pcm.length);
    }

    private int firstLoud(short[] pcm) {
        int at = 0;
        while (at < pcm.length && Math.abs(pcm[at]) < (begun ? behind : before)) {
            at++;
        }
        return at;
    }

    private int lastLoud(short[] pcm) {
        int at = pcm.length - 1;
        while (at >= 0 && Math.abs(pcm[at]) < (begun ? behind : before)) {
            at--;
        }
        return at;
    }
}
