package io.sandalphone.harness.measure;

/// How loud sound is, in dBov: relative to the overload point, so that a square wave of full scale
/// has 0 dBov and a sine of full scale -3 dBov. Digital silence has [#SILENCE].
public final class Levels {
    /// What stands for minus infinity, lower than anything 16 bits can hold.
    public static final double SILENCE = -120;

    private static final double FULL_SCALE = 32768;

    private Levels() {}

    /// Of a root mean square, in units of one 16-bit step.
    public static double dbov(double rms) {
        return rms == 0 ? SILENCE : Math.max(SILENCE, 20 * Math.log10(rms / FULL_SCALE));
    }

    /// The amplitude of a sine whose level is `dbov`, in units of one 16-bit step.
    public static double sineAmplitude(double dbov) {
        return FULL_SCALE * Math.sqrt(2) * Math.pow(10, dbov / 20);
    }

    /// The level of all of it, pauses included.
    public static double rms(short[] pcm) {
        return rms(pcm, 0, pcm.length);
    }

    /// The level of the samples from `from` up to, not including, `to`.
    public static double rms(short[] pcm, int from, int to) {
        double energy = 0;
        for (int i = from; i < to; i++) {
            energy += (double) pcm[i] * pcm[i];
        }
        return to == from ? SILENCE : dbov(Math.sqrt(energy / (to - from)));
    }

    /// The largest deviation from zero, in 16-bit steps. Mu-law's idle codes reach 8 at most.
    public static int peak(short[] pcm) {
        int peak = 0;
        for (short sample : pcm) {
            peak = Math.max(peak, Math.abs((int) sample));
        }
        return peak;
    }

    /// The level while somebody speaks, pauses left out: ITU-T P.56, method B. `rate` is in samples
    /// per second.
    public static double activeSpeech(short[] pcm, int rate) {
        return new SpeechVoltmeter(rate).measure(pcm);
    }
}
