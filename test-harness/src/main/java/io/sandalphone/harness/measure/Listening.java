package io.sandalphone.harness.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// What one party of a call heard, measured from recordings alone: where the other one's voice and
/// each translation are in it, how loud, and what in it belongs to neither.
///
/// All sounds are 8 kHz. The recordings of the two phones need no common clock: the other one's voice
/// is found by its sound, and so is each translation.
public final class Listening {
    /// The least score at which a translation counts as found. Measured on telephone speech: present,
    /// under an original 12 dB lower, 0.92 to 0.99; absent, at most 0.25 for a second of sound and
    /// 0.5 for a third of one.
    private static final double FOUND = 0.6;

    private static final int ANCHOR = 1000 * Signal.PER_MILLI;

    /// The least threshold for sounds that must not be there, and how far it stays above the noise.
    /// Measured the same way, once the known sounds are taken out: noise peaks at 5 to 9 deviations.
    private static final double LEAK = 0.2;

    private static final double ABOVE_NOISE = 12;

    /// How near to where a leak would begin it is sought with that threshold, and the threshold elsewhere. Measured
    /// on the calls of the demo: in what a voice leaves when it is taken out, another's words score up to 0.22.
    private static final int NEAR = 2000 * Signal.PER_MILLI;

    private static final double ELSEWHERE = 0.5;

    /// The median of the absolute value of Gaussian noise, in deviations.
    private static final double MEDIAN_OF_NOISE = 0.6745;

    /// A leak is sought by pieces of at most this length, so that a lost frame cannot hide it.
    private static final int PIECE = 1500 * Signal.PER_MILLI;

    /// The amplitude of the other one's voice below which a window says nothing about its level.
    private static final double AUDIBLE = Signal.FULL_SCALE * Math.pow(10, -44 / 20.0);

    /// A window counts only when so little of its energy stays unexplained: where the delay jumps, as
    /// when packets are lost, gains mean nothing. Mu-law alone leaves a few ten-thousandths.
    private static final double UNEXPLAINED = 0.03;

    private static final int EDGE = 100 * Signal.PER_MILLI;
    private static final int AFTER = 2000 * Signal.PER_MILLI;
    private static final int LEAST_WINDOWS = 3;

    private final Optional<Alignment> alignment;
    private final List<Optional<Heard>> translations;
    private final Mixture mixture;

    private Listening(
            Optional<Alignment> alignment, List<Optional<Heard>> translations, Mixture mixture) {
        this.alignment = alignment;
        this.translations = translations;
        this.mixture = mixture;
    }

    /// A translation that was found. `span` is the whole sound, its own silences at both ends
    /// included; `sounding` is what can be heard of it; `fraction` is how much of its energy was found, from
    /// 0 to 1; `level` is its gain in dB.
    public record Heard(Span span, Span sounding, double fraction, double level) {}

    /// How much a sound that must not be there resembles the recording where that comes nearest to counting:
    /// it is heard when `score` (0 to 1) reaches `threshold`. `level` is the gain in dB that it would have
    /// there.
    public record Leak(double score, double threshold, double level) {
        public boolean heard() {
            return score >= threshold;
        }

        /// How far the score stays below the threshold, in dB; negative when it is above.
        public double margin() {
            return Signal.decibels(threshold / score);
        }
    }

    /// The gain in dB of the other one's voice in the hundred milliseconds from `at` (a sample of the
    /// recording) on.
    public record Level(int at, double decibels) {}

    /// `said` is what the other one said, as their phone recorded it; `heard` is this party's recording;
    /// `translations` are the sounds meant for this party, in the order in which they were spoken.
    public static Listening to(short[] said, short[] heard, List<short[]> translations) {
        double[] voice = Signal.of(said);
        double[] recording = Signal.of(heard);
        List<double[]> sounds = translations.stream().map(Signal::of).toList();
        double[] silence = new double[recording.length];
        // The voice hides the translations and they hide the voice, so each is sought in what is
        // left when the other, as far as it is known by then, is taken out.
        double[] original =
                Alignment.of(voice, recording)
                        .map(a -> a.applied(voice, recording.length))
                        .orElse(silence);
        double[] withoutVoice = Mixture.of(recording, List.of(original)).rest();
        List<Optional<PlacedSound>> placed = place(sounds, withoutVoice);
        double[] spoken = new double[recording.length];
        for (int i = 0; i < sounds.size(); i++) {
            double[] sound = sounds.get(i);
            placed.get(i).ifPresent(p -> p.addTo(spoken, sound));
        }
        double[] withoutTranslations = Mixture.of(recording, List.of(spoken)).rest();
        Optional<Alignment> alignment = Alignment.of(voice, withoutTranslations);
        double[] aligned = alignment.map(a -> a.applied(voice, recording.length)).orElse(silence);
        Mixture mixture = Mixture.of(recording, List.of(aligned, spoken));
        List<Optional<Heard>> found = new ArrayList<>();
        for (int i = 0; i < sounds.size(); i++) {
            short[] sound = translations.get(i);
            found.add(placed.get(i).map(p -> heard(p, sound, mixture)));
        }
        return new Listening(alignment, List.copyOf(found), mixture);
    }

    /// Translations are spoken in order and not over each other: each is the first sufficiently
    /// similar place after the one before it.
    private static List<Optional<PlacedSound>> place(List<double[]> sounds, double[] recording) {
        List<Optional<PlacedSound>> placed = new ArrayList<>();
        int from = 0;
        for (double[] sound : sounds) {
            Optional<PlacedSound> place = place(sound, recording, from);
            if (place.isPresent()) {
                from = place.get().span().start() + sound.length / 2;
            }
            placed.add(place);
        }
        return placed;
    }

    /// One second of the sound tells where it may be, the rest of it which of these places it is. The
    /// loudest second is asked first; the others only matter when that one was cut off. Where none is anywhere it may have been
    /// spoken faster.
    private static Optional<PlacedSound> place(double[] sound, double[] recording, int from) {
        for (int anchor : anchors(sound)) {
            double[] second =
                    Arrays.copyOfRange(sound, anchor, Math.min(sound.length, anchor + ANCHOR));
            List<PlacedSound> places =
                    new MatchedFilter(second)
                            .matches(recording, FOUND).stream()
                                    .map(m -> m.position() - anchor)
                                    .filter(start -> start >= from)
                                    .map(start -> PlacedSound.in(recording, sound, start))
                                    .toList();
            double best = places.stream().mapToDouble(PlacedSound::fraction).max().orElse(0);
            if (!places.isEmpty()) {
                return places.stream().filter(p -> p.fraction() >= 0.9 * best).findFirst();
            }
        }
        return HurriedSound.in(recording, sound, from);
    }

    /// Where the seconds of a sound begin, the loudest first.
    private static List<Integer> anchors(double[] sound) {
        int seconds = Math.max(1, sound.length / ANCHOR);
        return IntStream.range(0, seconds)
                .map(i -> i * ANCHOR)
                .boxed()
                .sorted(Comparator.comparingDouble(at -> -Signal.energy(sound, at, at + ANCHOR)))
                .toList();
    }

    private static Heard heard(PlacedSound placed, short[] sound, Mixture mixture) {
        List<Span> bursts = Bursts.of(sound);
        Span sounding =
                bursts.isEmpty()
                        ? placed.span()
                        : new Span(
                                placed.at(bursts.getFirst().start()),
                                placed.at(bursts.getLast().end() - 1) + 1);
        double gain =
                Weighted.median(windows(mixture, 1, sounding.start(), sounding.end(), AUDIBLE))
                        .orElse(0);
        return new Heard(placed.span(), sounding, placed.fraction(), Signal.decibels(gain));
    }

    /// Whether the other one's voice is in the recording at all.
    public boolean hearsTheOther() {
        return alignment.isPresent();
    }

    /// The place of translation `index` of those given, empty when it is not in the recording.
    public Optional<Heard> translation(int index) {
        return translations.get(index);
    }

    /// The sample of the other one's recording that is heard at sample `heard` of this one, empty when
    /// the other one is not heard.
    public Optional<Integer> saidAt(int heard) {
        return alignment.map(a -> a.saidAt(heard));
    }

    /// The sample of this recording at which sample `said` of the other one's is heard.
    public Optional<Integer> heardAt(int said) {
        return alignment.map(a -> a.heardAt(said));
    }

    /// The gain of the other one's voice in dB before the first translation; empty when he did not
    /// speak there.
    public OptionalDouble originalLevel() {
        int first =
                translations.stream()
                        .flatMap(Optional::stream)
                        .mapToInt(h -> h.span().start())
                        .min()
                        .orElse(Integer.MAX_VALUE);
        return level(0, first == Integer.MAX_VALUE ? first : first - EDGE);
    }

    /// The gain of the other one's voice in dB under translation `index`; empty when he did not speak
    /// for 300 ms under it.
    public OptionalDouble levelUnder(int index) {
        return translations
                .get(index)
                .map(h -> level(h.sounding().start() + EDGE, h.sounding().end() - EDGE))
                .orElse(OptionalDouble.empty());
    }

    /// The gain of the other one's voice in dB in the two seconds that begin 100 ms after the end of
    /// translation `index` and end before the next one; empty when he did not speak there for 300 ms.
    public OptionalDouble levelAfter(int index) {
        return translations
                .get(index)
                .map(h -> level(h.span().end() + EDGE, afterEnd(h.span().end())))
                .orElse(OptionalDouble.empty());
    }

    private int afterEnd(int end) {
        return translations.stream()
                .flatMap(Optional::stream)
                .mapToInt(h -> h.span().start() - EDGE)
                .filter(start -> start + EDGE >= end)
                .reduce(end + AFTER, Math::min);
    }

    private OptionalDouble level(int from, int to) {
        List<Weighted> gains = windows(mixture, 0, from, to, AUDIBLE);
        if (gains.size() < LEAST_WINDOWS) {
            return OptionalDouble.empty();
        }
        double gain = Weighted.median(gains).orElseThrow();
        return OptionalDouble.of(Signal.decibels(Math.max(gain, 1e-4)));
    }

    /// The gain of the other one's voice over the whole recording, where he speaks.
    public List<Level> levels() {
        List<Level> levels = new ArrayList<>();
        for (int w = 0; w < mixture.windows(); w++) {
            if (mixture.power(0, w) >= AUDIBLE * AUDIBLE && mixture.unexplained(w) <= UNEXPLAINED) {
                double gain = Math.max(mixture.gain(0, w), 1e-3);
                levels.add(new Level(w * Mixture.WINDOW, Signal.decibels(gain)));
            }
        }
        return levels;
    }

    /// The gains of a part in the windows that lie wholly between two samples and are loud enough.
    private static List<Weighted> windows(
            Mixture mixture, int part, int from, int to, double audible) {
        List<Weighted> gains = new ArrayList<>();
        int first = Math.max(0, (from + Mixture.WINDOW - 1) / Mixture.WINDOW);
        int last = Math.min(mixture.windows(), to / Mixture.WINDOW);
        for (int w = first; w < last; w++) {
            double power = mixture.power(part, w);
            if (power >= audible * audible && mixture.unexplained(w) <= UNEXPLAINED) {
                gains.add(new Weighted(mixture.gain(part, w), power));
            }
        }
        return gains;
    }

    /// How much of `foreign`, a sound that is not meant for this party, is in the recording. It is sought most closely
    /// around sample `at`, where it would begin if it were heard here while the other one hears it; elsewhere it must be
    /// plain to count, because somewhere in a long recording a voice resembles any other for a moment. Where `at` is
    /// not known, everywhere as closely. The known sounds are taken out first, so that a loud voice does not
    /// hide a faint leak.
    public Leak leak(short[] foreign, Optional<Integer> at) {
        double[] sound = Signal.of(foreign);
        int pieces = (sound.length + PIECE - 1) / PIECE;
        Leak worst = new Leak(0, LEAK, Double.NEGATIVE_INFINITY);
        for (int p = 0; p < pieces; p++) {
            int from = (int) ((long) sound.length * p / pieces);
            int to = (int) ((long) sound.length * (p + 1) / pieces);
            Leak leak =
                    leak(
                            Arrays.copyOfRange(sound, from, to),
                            mixture.rest(),
                            at.map(start -> start + from));
            if (leak.margin() < worst.margin()) {
                worst = leak;
            }
        }
        return worst;
    }

    private static Leak leak(double[] sound, double[] recording, Optional<Integer> at) {
        double[] sizes = new MatchedFilter(sound).scores(recording);
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(sizes[i]);
        }
        double[] sorted = sizes.clone();
        Arrays.sort(sorted);
        double noise = sorted.length == 0 ? 0 : sorted[sorted.length / 2] / MEDIAN_OF_NOISE;
        Leak worst = new Leak(0, LEAK, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < sizes.length; i++) {
            boolean near = at.isEmpty() || Math.abs(i - at.get()) <= NEAR;
            double threshold = Math.max(near ? LEAK : ELSEWHERE, ABOVE_NOISE * noise);
            if (sizes[i] * worst.threshold() > worst.score() * threshold) {
                double there = Signal.energy(recording, i, i + sound.length);
                double ratio = there / Signal.energy(sound, 0, sound.length);
                worst = new Leak(sizes[i], threshold, Signal.decibels(sizes[i] * Math.sqrt(ratio)));
            }
        }
        return worst;
    }

    /// A value that counts as much as its weight.
    private record Weighted(double value, double weight) {
        static OptionalDouble median(List<Weighted> values) {
            double half = values.stream().mapToDouble(Weighted::weight).sum() / 2;
            double sum = 0;
            for (Weighted w :
                    values.stream().sorted(Comparator.comparingDouble(Weighted::value)).toList()) {
                sum += w.weight();
                if (sum >= half) {
                    return OptionalDouble.of(w.value());
                }
            }
            return OptionalDouble.empty();
        }
    }
}
