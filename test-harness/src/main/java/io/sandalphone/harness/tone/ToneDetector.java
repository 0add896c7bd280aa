package io.sandalphone.harness.tone;

import io.sandalphone.harness.measure.Levels;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Finds tone words in telephone sound (8 kHz): which, when, how loud, however many sound at once.
///
/// It looks at 20 ms at a time, every 5 ms, through a Hann window, and takes the level of each
/// word's frequency. Times are exact to 5 ms, levels to 0.3 dB.
public final class ToneDetector {
    /// The shortest sound that counts as a word.
    public static final Duration SHORTEST = Duration.ofMillis(60);

    /// The longest interruption that does not end a word: one lost packet.
    public static final Duration LONGEST_DROPOUT = Duration.ofMillis(30);

    /// A word at or above this level, in dBov, is heard.
    public static final double AUDIBLE = -45;

    /// The level, in dBov, that no tone reaches which nobody said, whatever else sounds: what the
    /// mu-law steps of two loud tones put on a third one's frequency stays under it.
    public static final double LEAK_BOUND = -58;

    private static final int RATE = 8000;
    private static final int WINDOW = RATE / 50;
    private static final int HOP = RATE / 200;
    private static final int HOP_MILLIS = 5;
    private static final int EDGE_HOPS = 40 / HOP_MILLIS;
    private static final Map<ToneWord, Probe> PROBES = new EnumMap<>(ToneWord.class);

    static {
        for (ToneWord word : ToneWord.values()) {
            PROBES.put(word, new Probe(word));
        }
    }

    // By hop: the level in the window whose middle is at hop * HOP + WINDOW / 2.
    private final Map<ToneWord, double[]> levels = new EnumMap<>(ToneWord.class);

    private ToneDetector(short[] pcm) {
        int hops = pcm.length < WINDOW ? 0 : (pcm.length - WINDOW) / HOP + 1;
        boolean[] silent = new boolean[hops];
        for (int hop = 0; hop < hops; hop++) {
            silent[hop] = silent(pcm, hop * HOP);
        }
        PROBES.forEach(
                (word, probe) -> {
                    double[] level = new double[hops];
                    for (int hop = 0; hop < hops; hop++) {
                        level[hop] = silent[hop] ? Levels.SILENCE : probe.level(pcm, hop * HOP);
                    }
                    levels.put(word, level);
                });
    }

    /// Listens to `pcm` at 8 kHz.
    public static ToneDetector listen(short[] pcm) {
        return new ToneDetector(pcm);
    }

    /// Every word that was heard, by the time at which it began.
    public List<HeardTone> heard() {
        List<HeardTone> heard = new ArrayList<>();
        for (ToneWord word : ToneWord.values()) {
            findIn(word, heard);
        }
        heard.sort(Comparator.comparingLong(HeardTone::startMillis));
        return heard;
    }

    /// The words of [#heard], without their times.
    public List<ToneWord> words() {
        return heard().stream().map(HeardTone::word).toList();
    }

    /// The times at which `word` was heard.
    public List<HeardTone> heard(ToneWord word) {
        List<HeardTone> heard = new ArrayList<>();
        findIn(word, heard);
        return heard;
    }

    /// How loud `word` was on average between the two times, in dBov.
    public double level(ToneWord word, long fromMillis, long toMillis) {
        double[] level = levels(word);
        return mean(level, hop(fromMillis), Math.min(level.length, hop(toMillis)));
    }

    /// How loud `word` was at the loudest 60 ms, in dBov. Shorter blips are left out: the click of
    /// a word cut off, of a lost packet or of ducking is on all frequencies at once, but is over
    /// within 40 ms, and no word is that short.
    public double loudest(ToneWord word) {
        return loudest(word, 0, millis(levels(word).length));
    }

    /// As [#loudest(ToneWord)], between two times in milliseconds.
    public double loudest(ToneWord word, long fromMillis, long toMillis) {
        double[] level = levels(word);
        int held = (int) SHORTEST.toMillis() / HOP_MILLIS;
        double loudest = Levels.SILENCE;
        int last = Math.min(level.length, hop(toMillis)) - held;
        for (int hop = Math.max(0, hop(fromMillis)); hop <= last; hop++) {
            double quietest = level[hop];
            for (int i = 1; i < held; i++) {
                quietest = Math.min(quietest, level[hop + i]);
            }
            loudest = Math.max(loudest, quietest);
        }
        return loudest;
    }

    private double[] levels(ToneWord word) {
        return Objects.requireNonNull(levels.get(word));
    }

    private void findIn(ToneWord word, List<HeardTone> heard) {
        double[] level = levels(word);
        int dropout = (int) LONGEST_DROPOUT.toMillis() / HOP_MILLIS;
        int hop = 0;
        while (hop < level.length) {
            if (level[hop] < AUDIBLE) {
                hop++;
                continue;
            }
            int end = hop + 1;
            for (int next = end; next < level.length && next - end <= dropout; next++) {
                if (level[next] >= AUDIBLE) {
                    end = next + 1;
                }
            }
            add(word, level, hop, end, heard);
            hop = end;
        }
    }

    private static void add(
            ToneWord word, double[] level, int audible, int inaudible, List<HeardTone> heard) {
        // A window half of which the tone fills sees half its amplitude.
        double first = loudestOf(level, audible, Math.min(inaudible, audible + EDGE_HOPS)) - 6;
        double last = loudestOf(level, Math.max(audible, inaudible - EDGE_HOPS), inaudible) - 6;
        int start = audible;
        while (level[start] < first) {
            start++;
        }
        int end = inaudible - 1;
        while (level[end] < last) {
            end--;
        }
        long startMillis = millis(start);
        long endMillis = millis(end);
        if (endMillis - startMillis >= SHORTEST.toMillis() - HOP_MILLIS) {
            heard.add(new HeardTone(word, startMillis, endMillis, mean(level, start, end + 1)));
        }
    }

    private static double loudestOf(double[] level, int from, int to) {
        double loudest = Levels.SILENCE;
        for (int i = from; i < to; i++) {
            loudest = Math.max(loudest, level[i]);
        }
        return loudest;
    }

    /// The mean power of the hops, in dBov.
    private static double mean(double[] level, int from, int to) {
        double power = 0;
        int first = Math.max(0, from);
        for (int i = first; i < to; i++) {
            power += Math.pow(10, level[i] / 10);
        }
        return to <= first
                ? Levels.SILENCE
                : Math.max(Levels.SILENCE, 10 * Math.log10(power / (to - first)));
    }

    /// The first hop whose middle is not before `millis`.
    private static int hop(long millis) {
        return (int) Math.ceilDiv(millis * RATE / 1000 - WINDOW / 2, HOP);
    }

    private static long millis(int hop) {
        return (hop * HOP + WINDOW / 2) * 1000L / RATE;
    }

    private static boolean silent(short[] pcm, int start) {
        for (int i = start; i < start + WINDOW; i++) {
            if (pcm[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// One bin of a discrete Fourier transform under a Hann window.
    private static final class Probe {
        private final double[] cosine = new double[WINDOW];
        private final double[] sine = new double[WINDOW];

        Probe(ToneWord word) {
            double step = 2 * Math.PI * word.frequency() / RATE;
            for (int i = 0; i < WINDOW; i++) {
                // The window's mean is 1/2; a sine of RMS 1 comes out as 1.
                double hann = (1 - Math.cos(2 * Math.PI * (i + 0.5) / WINDOW)) / WINDOW;
                cosine[i] = Math.sqrt(2) * hann * Math.cos(step * i);
                sine[i] = Math.sqrt(2) * hann * Math.sin(step * i);
            }
        }

        double level(short[] pcm, int start) {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < WINDOW; i++) {
                real += pcm[start + i] * cosine[i];
                imaginary += pcm[start + i] * sine[i];
            }
            return Levels.dbov(Math.hypot(real, imaginary));
        }
    }
}
