package io.sandalphone.providers.offline;

import io.sandalphone.speech.PcmSink;

import java.util.Arrays;

/// Passes sound on from where it begins to where it ends: silence before and after is left out,
/// pauses in between stay. For synthesized sound, whose silence is silent.
final class SilenceTrimmer implements PcmSink {
    /// Below this it is silence: -50 dBov.
    private static final int SILENCE = 104;

    /// Kept on either side, so that soft beginnings and ends are not cut: 10 ms.
    private static final int MARGIN = 80;

    private final PcmSink out;
    private boolean begun;
    private short[] held = {};

    SilenceTrimmer(PcmSink out) {
        this.out = out;
    }

    @Override
    public void accept(short[] pcm) {
        var waiting = Arrays.copyOf(held, held.length + pcm.length);
        System.arraycopy(pcm, 0, waiting, held.length, pcm.length);
        int from = begun ? 0 : Math.max(0, firstLoud(waiting) - MARGIN);
        int to = Math.min(waiting.length, lastLoud(waiting) + 1 + MARGIN);
        if (lastLoud(waiting) < 0) {
            // Nothing but silence: before the words only the margin can be of use.
            held = begun ? waiting : tail(waiting);
            return;
        }
        begun = true;
        out.accept(Arrays.copyOfRange(waiting, from, to));
        held = Arrays.copyOfRange(waiting, to, waiting.length);
    }

    private static short[] tail(short[] pcm) {
        return Arrays.copyOfRange(pcm, Math.max(0, pcm.length - MARGIN), pcm.length);
    }

    private static int firstLoud(short[] pcm) {
        int at = 0;
        while (at < pcm.length && Math.abs(pcm[at]) < SILENCE) {
            at++;
        }
        return at;
    }

    private static int lastLoud(short[] pcm) {
        int at = pcm.length - 1;
        while (at >= 0 && Math.abs(pcm[at]) < SILENCE) {
            at--;
        }
        return at;
    }
}
