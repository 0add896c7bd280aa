package io.sandalphone.harness.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds one known sound in recordings, at any level and under other sounds.
///
/// The score of a position is the cosine between the sound and what was recorded there, both with
/// their low frequencies lowered: 1 for the sound alone, the root of its share of the energy when
/// others sound over it, about 0 where it is not.
final class MatchedFilter {
    /// Added to the recording's energy as if it held noise of this many steps of 16-bit PCM, so that
    /// the rounding of silence does not resemble anything.
    private static final double FLOOR = 4;

    private final double[] pattern;
    private final double patternEnergy;

    MatchedFilter(double[] sound) {
        pattern = Signal.emphasized(sound);
        patternEnergy = Signal.energy(pattern, 0, pattern.length);
    }

    /// One place where the sound may be: the sample at which it would start, and its score.
    record Match(int position, double score) {}

    /// The scores of a recording at every position from 0 on at which the whole sound fits.
    double[] scores(double[] recording) {
        if (recording.length < pattern.length || patternEnergy == 0) {
            return new double[0];
        }
        double[] emphasized = Signal.emphasized(recording);
        double[] dots = Signal.slidingDotProducts(pattern, emphasized);
        double[] scores = new double[recording.length - pattern.length + 1];
        double floor = pattern.length * FLOOR * FLOOR;
        double energy = Signal.energy(emphasized, 0, pattern.length);
        for (int i = 0; i < scores.length; i++) {
            scores[i] =
                    dots[i + pattern.length - 1]
                            / Math.sqrt(patternEnergy * (Math.max(0, energy) + floor));
            if (i + pattern.length < emphasized.length) {
                double enters = emphasized[i + pattern.length];
                energy += enters * enters - emphasized[i] * emphasized[i];
            }
        }
        return scores;
    }

    /// The places whose score reaches `threshold`, in the order of time, none nearer to another than
    /// half the sound's length.
    List<Match> matches(double[] recording, double threshold) {
        double[] scores = scores(recording);
        List<Match> matches = new ArrayList<>();
        while (true) {
            int best = strongest(scores);
            if (best < 0 || scores[best] < threshold) {
                matches.sort((a, b) -> Integer.compare(a.position(), b.position()));
                return matches;
            }
            matches.add(new Match(best, scores[best]));
            Arrays.fill(
                    scores,
                    Math.max(0, best - pattern.length / 2),
                    Math.min(scores.length, best + pattern.length / 2 + 1),
                    Double.NEGATIVE_INFINITY);
        }
    }

    private static int strongest(double[] scores) {
        int best = -1;
        for (int i = 0; i < scores.length; i++) {
            if (best < 0 || scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }
}
