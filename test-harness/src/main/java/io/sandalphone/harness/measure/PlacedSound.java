package io.sandalphone.harness.measure;

/// A known sound as it was found in a recording, piece by piece: a sender that leaves out or repeats
/// a frame in the middle shifts what follows, and what was cut off is not there.
final class PlacedSound {
    private static final int PIECE = 250 * Signal.PER_MILLI;
    private static final int REACH = 250 * Signal.PER_MILLI;
    private static final double SAME = 0.97;
    private static final double FOUND = 0.5;

    /// Pieces this far below the mean of the sound are its pauses.
    private static final double PAUSE = Math.pow(10, -30 / 10.0);

    private final Span span;
    private final double fraction;
    private final int[] positions;
    private final int length;

    private PlacedSound(Span span, double fraction, int[] positions, int length) {
        this.span = span;
        this.fraction = fraction;
        this.positions = positions;
        this.length = length;
    }

    /// One of `samples` whose pieces of `length` lie at `positions`, and of which so much was found.
    static PlacedSound of(int[] positions, int length, int samples, double fraction) {
        int last = positions.length - 1;
        int end = positions[last] + samples - last * length;
        return new PlacedSound(
                new Span(positions[0], Math.max(positions[0], end)), fraction, positions, length);
    }

    /// `position` is where the sound starts in the recording if it is whole.
    static PlacedSound in(double[] recording, double[] sound, int position) {
        double[] heard = Signal.emphasized(recording);
        double[] known = Signal.emphasized(sound);
        int pieces = (sound.length + PIECE - 1) / PIECE;
        int[] positions = new int[pieces];
        int slip = position;
        double sounding = 0;
        double found = 0;
        double mean = Signal.energy(known, 0, known.length) / known.length;
        for (int p = 0; p < pieces; p++) {
            int from = p * PIECE;
            int length = Math.min(PIECE, sound.length - from);
            double energy = Signal.energy(known, from, from + length);
            if (energy > mean * length * PAUSE) {
                sounding += energy;
                double score = Signal.resemblance(heard, slip + from, known, from, length);
                if (score < SAME) {
                    Signal.Place place =
                            Signal.mostSimilar(known, from, heard, slip + from, length, REACH);
                    if (place.resemblance() > Math.max(FOUND, score)) {
                        slip += place.shift();
                        score = place.resemblance();
                    }
                }
                if (score >= FOUND) {
                    found += energy;
                }
            }
            positions[p] = slip + from;
        }
        return of(positions, PIECE, sound.length, sounding == 0 ? 0 : found / sounding);
    }

    /// Where the sound lies, its own silences at start and end included.
    Span span() {
        return span;
    }

    /// How much of the sound was found, from 0 to 1, by its energy: a soft piece that another voice covers is
    /// little of it.
    double fraction() {
        return fraction;
    }

    /// Where sample `offset` of the sound lies.
    int at(int offset) {
        int piece = Math.clamp(offset / length, 0, positions.length - 1);
        return positions[piece] + offset - piece * length;
    }

    /// Adds the sound to `track` where it was found.
    void addTo(double[] track, double[] sound) {
        for (int i = 0; i < sound.length; i++) {
            int to = at(i);
            if (to >= 0 && to < track.length) {
                track[to] += sound[i];
            }
        }
    }
}
