package io.sandalphone.harness.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/// Finds a known sound that was played faster than it came: every now and then one period of the voice was left out, and parts of
/// pauses ([io.sandalphone.media.TimeStretch]). What is between those places is what came, so the sound is followed in short pieces
/// from one that is plainly there, to its end and back to its beginning, each piece a little nearer to the one before than it was.
final class HurriedSound {
    private static final int PIECE = 30 * Signal.PER_MILLI;

    /// How alike a piece has to be where it is expected. Measured on the packaged prompts at 1.08 to 1.25 times their pace, under
    /// a voice 12 dB softer: of the energy of what is there 95 % and more is found so, of what is not less than half.
    private static final double FOUND = 0.5;

    /// How long the piece is by which a place is found to begin with, and how alike.
    private static final int ANCHOR = 100 * Signal.PER_MILLI;

    private static final double ALIKE = 0.7;
    private static final int ANCHORS = 6;

    /// How far beside its place a piece is sought: one period of a voice, and what is left out of so much at the fastest pace.
    private static final int PERIOD = 17 * Signal.PER_MILLI;

    private static final double LEFT_OUT = 0.35;
    private static final int SLACK = 2 * Signal.PER_MILLI;

    /// How much of a pause may have been left out.
    private static final int PAUSE = 1000 * Signal.PER_MILLI;

    /// Pieces this far below the mean of the sound are its pauses; this many of them may have been shortened.
    private static final double QUIET = Math.pow(10, -30 / 10.0);

    private static final int QUIET_PIECES = 4;

    private final double[] recording;
    private final double[] sound;
    private final boolean[] sounding;
    private final int[] positions;
    private double found;

    private HurriedSound(double[] recording, double[] sound) {
        this.recording = recording;
        this.sound = sound;
        int pieces = Math.ceilDiv(sound.length, PIECE);
        sounding = new boolean[pieces];
        positions = new int[pieces];
        double mean = Signal.energy(sound, 0, sound.length) / sound.length;
        for (int p = 0; p < pieces; p++) {
            sounding[p] = energy(p) > mean * PIECE * QUIET;
        }
    }

    private double energy(int piece) {
        return Signal.energy(sound, piece * PIECE, (piece + 1) * PIECE);
    }

    /// The best place of `sound` in `recording` that begins at `from` or later; empty where it is not there at all.
    static Optional<PlacedSound> in(double[] recording, double[] sound, int from) {
        double[] heard = Signal.emphasized(recording);
        double[] known = Signal.emphasized(sound);
        var hurried = new HurriedSound(heard, known);
        double all = 0;
        for (int p = 0; p < hurried.sounding.length; p++) {
            all += hurried.sounding[p] ? hurried.energy(p) : 0;
        }
        Optional<PlacedSound> best = Optional.empty();
        double most = FOUND;
        for (int anchor : anchors(known)) {
            double[] part = Arrays.copyOfRange(sound, anchor * PIECE, anchor * PIECE + ANCHOR);
            for (MatchedFilter.Match match : new MatchedFilter(part).matches(recording, ALIKE)) {
                hurried.follow(anchor, match.position());
                double fraction = all == 0 ? 0 : hurried.found / all;
                if (fraction > most && hurried.positions[0] >= from) {
                    most = fraction;
                    best =
                            Optional.of(
                                    PlacedSound.of(
                                            hurried.positions.clone(),
                                            PIECE,
                                            sound.length,
                                            fraction));
                }
            }
        }
        return best;
    }

    /// The pieces at which the loudest anchors begin.
    private static int[] anchors(double[] sound) {
        int step = ANCHOR / PIECE;
        return IntStream.range(0, Math.max(1, (sound.length - ANCHOR) / PIECE / step))
                .map(each -> each * step)
                .boxed()
                .sorted(
                        Comparator.comparingDouble(
                                at -> -Signal.energy(sound, at * PIECE, at * PIECE + ANCHOR)))
                .limit(ANCHORS)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private void follow(int anchor, int position) {
        found = 0;
        follow(anchor, position, 1);
        follow(anchor - 1, position - PIECE, -1);
    }

    /// From piece `first`, which is expected at `position`, to the end, or back to the beginning where `step` is -1.
    private void follow(int first, int position, int step) {
        int expected = position;
        int missed = 0;
        int quiet = 0;
        for (int p = first; p >= 0 && p < positions.length; p += step) {
            if (sounding[p]) {
                int nearer =
                        PERIOD
                                + (int) (LEFT_OUT * PIECE * missed)
                                + (quiet >= QUIET_PIECES ? PAUSE : 0);
                int shift = shift(p, expected, step, nearer);
                if (shift == Integer.MIN_VALUE) {
                    missed++;
                } else {
                    expected += shift;
                    missed = 0;
                    quiet = 0;
                    found += energy(p);
                }
            } else {
                quiet++;
            }
            positions[p] = expected;
            expected += step * PIECE;
        }
    }

    /// By how much piece `p` lies beside where it is expected, at most `nearer` nearer to those before; MIN_VALUE where it is
    /// not there.
    private int shift(int p, int expected, int step, int nearer) {
        int length = Math.min(PIECE, sound.length - p * PIECE);
        double best = FOUND;
        int shift = Integer.MIN_VALUE;
        int from = step > 0 ? -nearer : -SLACK;
        int to = step > 0 ? SLACK : nearer;
        for (int s = from; s <= to; s++) {
            double alike = Signal.resemblance(recording, expected + s, sound, p * PIECE, length);
            if (alike > best) {
                best = alike;
                shift = s;
            }
        }
        return shift;
    }
}
