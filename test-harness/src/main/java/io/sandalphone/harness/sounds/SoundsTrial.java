package io.sandalphone.harness.sounds;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Holds the controller's ears against what `progress-sounds.md` requires, by what is delivered.
final class SoundsTrial {
    private static final int FRAME = 160;

    private SoundsTrial() {}

    /// Sounds that nobody says, of which some were delivered as words.
    ///
    /// @param voiced the names of those, with how many words
    record Foreign(String group, String variant, int sounds, List<String> voiced) {}

    /// How much of speech was delivered.
    ///
    /// @param ratioDb how much louder the speech is than what it is over; of speech alone its level in dBm0
    /// @param delivered the share of what is delivered without the classifier
    /// @param pieces those of 200 ms and longer
    /// @param lost of those, how many were delivered by less than half
    record Kept(String over, double ratioDb, double delivered, int pieces, int lost) {}

    /// How many milliseconds of the beginning are missing of speech that begins so long after a sound ended
    /// for good.
    record Behind(String sound, int afterMillis, long missingMillis) {}

    /// Every signal of `signals` in `variant`, `seconds` long.
    static List<Foreign> signals(List<LineSignal> signals, Variant variant, double seconds) {
        Map<String, List<String>> voiced = new LinkedHashMap<>();
        Map<String, Integer> count = new LinkedHashMap<>();
        for (LineSignal signal : signals) {
            count.merge(signal.kind(), 1, Integer::sum);
            int words = Delivery.of(variant.of(signal, seconds)).words();
            List<String> of = voiced.computeIfAbsent(signal.kind(), _ -> new ArrayList<>());
            if (words > 0) {
                of.add(signal.id() + " " + words);
            }
        }
        return count.entrySet().stream()
                .map(
                        each ->
                                new Foreign(
                                        each.getKey(),
                                        variant.name(),
                                        each.getValue(),
                                        voiced.getOrDefault(each.getKey(), List.of())))
                .toList();
    }

    /// Music without a voice: all pieces but the solo.
    static Foreign music(Variant variant) {
        List<String> voiced = new ArrayList<>();
        for (int piece = 1; piece <= Music.PIECES; piece++) {
            if (piece != Music.SOLO) {
                int words = Delivery.of(variant.of(Music.piece(piece))).words();
                if (words > 0) {
                    voiced.add(piece + " " + words);
                }
            }
        }
        return new Foreign("music", variant.name(), Music.PIECES - 1, voiced);
    }

    /// The solo, with the chances 6 to 15.
    static Foreign solo() {
        List<String> voiced = new ArrayList<>();
        for (int seed = 6; seed <= 15; seed++) {
            int words = Delivery.of(Variant.LISTED.of(Music.solo(seed))).words();
            if (words > 0) {
                voiced.add(seed + " " + words);
            }
        }
        return new Foreign("solo", "seeds 6 to 15", 10, voiced);
    }

    /// Each of `recordings` alone, at this level.
    static Kept speechAlone(List<Path> recordings, double dbm0) {
        int utterances = 0;
        int lost = 0;
        long all = 0;
        double kept = 0;
        for (Path recording : recordings) {
            short[] pcm = line(padded(Speech.at(dbm0, Speech.read(recording)), 4000, 8000));
            Delivery without = Delivery.withoutClassifier(pcm);
            Delivery with = Delivery.of(pcm);
            BitSet spoken = without.spoken();
            all += spoken.cardinality();
            kept += with.covers(spoken) * spoken.cardinality();
            for (Delivery.Span one : without.utterances()) {
                utterances++;
                BitSet of = new BitSet();
                of.set((int) (one.start() / FRAME), (int) (one.end() / FRAME));
                of.and(spoken);
                lost += with.covers(of) < 0.5 ? 1 : 0;
            }
        }
        return new Kept("nothing", dbm0, kept / all, utterances, lost);
    }

    /// A talk over a sound that began half a second before and goes on.
    static Kept speechOver(String name, double[] other, double ratioDb) {
        int utterances = 0;
        int lost = 0;
        long all = 0;
        double kept = 0;
        for (double[] each : Speech.talks()) {
            double[] talk = padded(Speech.at(-20, each), 4000, 8000);
            double factor = Dbm0.rms(-20 - ratioDb) / Speech.active(other);
            double[] both = padded(talk, 4000, 4000);
            BitSet spoken = Delivery.withoutClassifier(line(both)).spoken();
            for (int i = 4000; i < both.length; i++) {
                both[i] += factor * other[(i - 4000) % other.length];
            }
            Delivery with = Delivery.of(line(both));
            all += spoken.cardinality();
            kept += with.covers(spoken) * spoken.cardinality();
            for (int from = spoken.nextSetBit(0); from >= 0; ) {
                int to = spoken.nextClearBit(from);
                BitSet of = new BitSet();
                of.set(from, to);
                if (to - from >= Delivery.WORD_FRAMES) {
                    utterances++;
                    lost += with.covers(of) < 0.5 ? 1 : 0;
                }
                from = spoken.nextSetBit(to);
            }
        }
        return new Kept(name, ratioDb, kept / all, utterances, lost);
    }

    /// Speech that begins `after` milliseconds after a sound ended for good.
    static Behind behind(String name, double[] other, int after) {
        double[] talk = Speech.at(-20, Speech.talks().getFirst());
        double[] alone = padded(talk, 4000, 8000);
        long begins =
                Delivery.withoutClassifier(line(alone)).utterances().getFirst().start() - 4000;
        int start = 4000 + other.length / FRAME * FRAME + after * 8;
        double[] both = new double[start + talk.length + 8000];
        System.arraycopy(other, 0, both, 4000, other.length / FRAME * FRAME);
        for (int i = 0; i < talk.length; i++) {
            both[start + i] += talk[i];
        }
        Delivery with = Delivery.of(line(both));
        long missing = Long.MAX_VALUE;
        for (Delivery.Span each : with.utterances()) {
            if (each.end() > start + begins) {
                missing =
                        Math.min(missing, Math.max(0, each.start() - start - Math.max(0, begins)));
            }
        }
        return new Behind(name, after, missing == Long.MAX_VALUE ? missing : missing / 8);
    }

    /// What the classifier takes for a frame, in nanoseconds, beside what the voice detector does.
    static long nanosPerFrame() {
        short[] pcm = line(padded(Speech.at(-20, Speech.talks().getFirst()), 4000, 8000));
        for (int i = 0; i < 20; i++) {
            Delivery.of(pcm);
        }
        long began = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            Delivery.of(pcm);
        }
        return (System.nanoTime() - began) / 20 / (pcm.length / FRAME);
    }

    /// White noise, as a control.
    static double[] noise() {
        var random = new SplittableRandom(9);
        return random.doubles(30 * Dbm0.RATE).map(u -> 2 * u - 1).toArray();
    }

    /// What one may talk over: tones, beeps and keys, by name.
    static Map<String, double[]> tones() throws IOException {
        Map<String, double[]> tones = new LinkedHashMap<>();
        for (String country : List.of("us", "mx", "es", "uk", "jp")) {
            for (String signal : List.of("ring", "busy", "congestion")) {
                put(tones, country + "-" + signal);
            }
        }
        for (String other :
                List.of(
                        "us-dial",
                        "us-sit-vacant",
                        "mx-sit",
                        "es-sit",
                        "us-off-hook",
                        "beep-01",
                        "beep-04",
                        "beep-10",
                        "fax-cng",
                        "fax-ced",
                        "dtmf-5",
                        "us-recording")) {
            put(tones, other);
        }
        return tones;
    }

    private static void put(Map<String, double[]> tones, String id) throws IOException {
        for (LineSignal signal : LineSignal.all()) {
            if (signal.id().equals(id)) {
                tones.put(id, signal.sound(30));
            }
        }
    }

    private static short[] line(double[] sound) {
        return Coding.muLaw(Arrays.copyOf(sound, sound.length / FRAME * FRAME));
    }

    private static double[] padded(double[] sound, int before, int behind) {
        double[] padded = new double[before + sound.length + behind];
        System.arraycopy(sound, 0, padded, before, sound.length);
        return padded;
    }
}
