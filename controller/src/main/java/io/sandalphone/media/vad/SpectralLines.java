package io.sandalphone.media.vad;

/// The lines in one speaker's spectrum, frame after frame, and how many of them stand still.
///
/// A voice never holds its pitch: within 120 ms its partials drift by more than half a percent.
/// The tones of networks and machines, and the notes of most instruments, do not. Runs on the loop
/// that owns the sound.
final class SpectralLines {
    /// Frames for which a line must have stood still to be steady: 120 ms.
    static final int STEADY_FRAMES = 6;

    private static final int HISTORY = 8;
    private static final int MOST = 24;

    // The band of the telephone: 190 to 3500 Hz.
    private static final int LOWEST = 12;
    private static final int HIGHEST = 224;

    /// Lines more than 30 dB below the strongest do not count.
    private static final double FAINTEST = 1e-3;

    /// A line stands out from its neighbourhood by 6 dB.
    private static final double PROMINENCE = 4;

    /// The pitch of a voice, in hertz.
    private static final double LOWEST_PITCH = 80;

    private static final double HIGHEST_PITCH = 520;

    /// How far a partial may be from its multiple of the pitch, as a share of the pitch.
    private static final double OFF_PITCH = 0.05;

    private final double[][] hertz = new double[HISTORY][MOST];
    private final int[] count = new int[HISTORY];
    private final double[] energy = new double[MOST];
    private int now;
    private double steady;
    private double fresh;
    private double low;
    private boolean harmonic;
    private int strongest;

    /// The next frame's power spectrum, of [PowerSpectrum].
    void accept(double[] power) {
        now = (now + 1) % HISTORY;
        double most = 0;
        double total = 1e-9;
        double lowest = 0;
        for (int bin = LOWEST; bin <= HIGHEST; bin++) {
            most = Math.max(most, power[bin]);
            total += power[bin];
            if (bin < 45) {
                lowest += power[bin];
            }
        }
        low = lowest / total;
        find(power, most * FAINTEST);
        double steadyEnergy = 0;
        double freshEnergy = 0;
        for (int line = 0; line < count[now]; line++) {
            double at = hertz[now][line];
            double drift = 3 + 0.006 * at;
            if (stood(at, 2, drift) && stood(at, 4, drift) && stood(at, STEADY_FRAMES, drift)) {
                steadyEnergy += energy[line];
            }
            if (stood(at, 1, 3) && stood(at, 2, 4)) {
                freshEnergy += energy[line];
            }
        }
        steady = Math.min(1, steadyEnergy / total);
        fresh = Math.min(1, freshEnergy / total);
        harmonic = findHarmonic();
    }

    /// Share of the energy, 0 to 1, that is in lines which have stood still for 120 ms.
    double steady() {
        return steady;
    }

    /// Share of the energy that is in lines which have stood still, very exactly, for 40 ms.
    double fresh() {
        return fresh;
    }

    /// Share of the energy that is below 700 Hz.
    double low() {
        return low;
    }

    /// Writes the frequencies of the lines that hold at least 1 % of the energy of all into `into`, in
    /// hertz, and gives how many those are, at most as many as there is room for.
    int strong(double[] into) {
        double sum = 0;
        for (int line = 0; line < count[now]; line++) {
            sum += energy[line];
        }
        int found = 0;
        for (int line = 0; line < count[now] && found < into.length; line++) {
            if (energy[line] >= 0.01 * sum) {
                into[found++] = hertz[now][line];
            }
        }
        return found;
    }

    /// Whether the lines are the partials of one voice: four or more of them, multiples of one pitch,
    /// most of those following each other.
    boolean harmonic() {
        return harmonic;
    }

    private boolean findHarmonic() {
        double[] at = hertz[now];
        for (int line = 0; line + 1 < count[now]; line++) {
            double spacing = at[line + 1] - at[line];
            if (spacing >= LOWEST_PITCH && spacing <= HIGHEST_PITCH && harmonic(spacing)) {
                return true;
            }
        }
        return false;
    }

    private boolean harmonic(double spacing) {
        double[] at = hertz[now];
        double pitch = at[strongest] / Math.max(1, Math.rint(at[strongest] / spacing));
        double sum = 0;
        double matched = 0;
        int partials = 0;
        int neighbours = 0;
        long before = -1;
        for (int line = 0; line < count[now]; line++) {
            sum += energy[line];
            long number = Math.round(at[line] / pitch);
            if (number >= 1 && Math.abs(at[line] - number * pitch) < OFF_PITCH * pitch) {
                matched += energy[line];
                neighbours += number == before + 1 && partials > 0 ? 1 : 0;
                partials += number == before ? 0 : 1;
                before = number;
            }
        }
        return partials >= 4 && neighbours >= 2.0 / 3 * partials && matched >= 0.9 * sum;
    }

    private void find(double[] power, double faintest) {
        int found = 0;
        double[] at = hertz[now];
        for (int bin = LOWEST; bin <= HIGHEST && found < MOST; bin++) {
            double here = power[bin];
            if (here > faintest
                    && here > power[bin - 1]
                    && here >= power[bin + 1]
                    && here > PROMINENCE * around(power, bin)) {
                at[found] = (bin + offset(power, bin)) * PowerSpectrum.BIN_HERTZ;
                energy[found] =
                        power[bin - 2] + power[bin - 1] + here + power[bin + 1] + power[bin + 2];
                strongest = found == 0 || energy[found] > energy[strongest] ? found : strongest;
                found++;
            }
        }
        count[now] = found;
    }

    private static double around(double[] power, int bin) {
        return Math.min(power[bin - 4] + power[bin - 3], power[bin + 3] + power[bin + 4]) / 2;
    }

    /// Where between its neighbours the peak at `bin` stands, by a parabola through the logarithms.
    private static double offset(double[] power, int bin) {
        double before = Math.log(power[bin - 1] + 1e-9);
        double here = Math.log(power[bin] + 1e-9);
        double after = Math.log(power[bin + 1] + 1e-9);
        return 0.5 * (before - after) / (before - 2 * here + after);
    }

    private boolean stood(double at, int framesAgo, double drift) {
        int then = (now - framesAgo + HISTORY) % HISTORY;
        for (int line = 0; line < count[then]; line++) {
            if (Math.abs(hertz[then][line] - at) < drift) {
                return true;
            }
        }
        return false;
    }

    /// Nothing was heard: what comes next is compared with nothing.
    void silence() {
        now = (now + 1) % HISTORY;
        count[now] = 0;
        steady = 0;
        fresh = 0;
        harmonic = false;
    }
}
