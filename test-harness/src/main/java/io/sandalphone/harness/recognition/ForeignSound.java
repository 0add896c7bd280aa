package io.sandalphone.harness.recognition;

import io.sandalphone.harness.measure.SoundFile;
import io.sandalphone.harness.sounds.LineSounds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/// A sound that is no speech, as a telephone may bring it: 30 minutes in all. Tones, beeps and some music are
/// made here; real ones are recordings from Debian's packages `scratch`, `bucklespring-data` and
/// `asterisk-moh-opsound-wav`.
///
/// @param pcm at 8 kHz
// An array, because sound is megabytes of primitives; nobody compares sounds by value.
@SuppressWarnings("ArrayRecordComponent")
record ForeignSound(String name, short[] pcm) {
    static final List<String> KINDS =
            List.of(
                    "silence",
                    "noise",
                    "signals",
                    "music",
                    "hold music",
                    "people",
                    "things",
                    "typing");

    private static final int RATE = 8000;

    /// As loud as speech on a telephone: -18 dB below full scale, as the root mean square of what sounds.
    private static final double LOUD = 4100;

    private static final double SIGNAL_SECONDS = 4;
    private static final int MUSIC_PIECES = 8;
    private static final double MUSIC_SECONDS = 20;
    private static final double HOLD_SECONDS = 60;
    private static final int TYPING_SECONDS = 60;

    /// Each recorded sound is heard so often, each time at another level.
    private static final double[] LEVELS = {1, 0.35, 0.12};

    /// Those of `kind`; `recorded` holds the packages' files.
    static List<ForeignSound> of(String kind, Path recorded) throws IOException {
        return switch (kind) {
            case "silence" -> silence();
            case "noise" -> noise();
            case "signals" -> signals();
            case "music" -> music();
            case "hold music" -> holdMusic(recorded);
            case "people" -> files(recorded.resolve("usr/share/scratch/Media/Sounds/Human"));
            case "things" ->
                    Stream.concat(
                                    files(
                                            recorded.resolve(
                                                    "usr/share/scratch/Media/Sounds/Effects"))
                                            .stream(),
                                    files(recorded.resolve("usr/share/scratch/Media/Sounds/Animal"))
                                            .stream())
                            .toList();
            case "typing" -> List.of(typing(recorded.resolve("usr/share/buckle/wav")));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static List<ForeignSound> silence() {
        var random = new SplittableRandom(1);
        return List.of(
                made("digital silence", 30, () -> 0),
                made("the quietest noise of mu-law", 30, () -> random.nextInt(3) * 8 - 8),
                made("comfort noise", 60, () -> 30 * random.nextGaussian()));
    }

    private static List<ForeignSound> noise() {
        var random = new SplittableRandom(2);
        List<ForeignSound> noises = new ArrayList<>();
        for (double level : LEVELS) {
            noises.add(made("white " + level, 15, () -> level * LOUD * random.nextGaussian()));
            var brown = new double[1];
            noises.add(
                    made(
                            "brown " + level,
                            15,
                            () -> {
                                brown[0] = 0.98 * brown[0] + 0.2 * random.nextGaussian();
                                return level * LOUD * brown[0];
                            }));
            var time = new int[1];
            noises.add(
                    made(
                            "hum " + level,
                            15,
                            () -> {
                                double at = 2 * Math.PI * 60 * time[0]++ / RATE;
                                return level
                                        * LOUD
                                        * (Math.sin(at)
                                                + Math.sin(3 * at) / 2
                                                + Math.sin(5 * at) / 3
                                                + Math.sin(7 * at) / 4);
                            }));
            var breath = new int[1];
            noises.add(
                    made(
                            "breathing " + level,
                            30,
                            () -> {
                                double at = breath[0]++ / (double) RATE;
                                double swell = Math.pow(Math.sin(Math.PI * at / 2), 4);
                                return level * LOUD * swell * random.nextGaussian();
                            }));
        }
        return noises;
    }

    private static List<ForeignSound> signals() throws IOException {
        List<ForeignSound> signals = new ArrayList<>();
        for (String id : LineSounds.signals()) {
            signals.add(new ForeignSound(id, LineSounds.signal(id, SIGNAL_SECONDS)));
        }
        return signals;
    }

    private static List<ForeignSound> music() {
        List<ForeignSound> pieces = new ArrayList<>();
        for (int piece = 1; piece <= MUSIC_PIECES; piece++) {
            pieces.add(new ForeignSound("piece " + piece, LineSounds.music(piece, MUSIC_SECONDS)));
        }
        return pieces;
    }

    private static List<ForeignSound> holdMusic(Path recorded) throws IOException {
        List<ForeignSound> pieces = new ArrayList<>();
        for (Path file : list(recorded.resolve("usr/share/asterisk/moh"))) {
            short[] pcm = SoundFile.read(file);
            int length = (int) Math.min(pcm.length, HOLD_SECONDS * RATE);
            pieces.add(new ForeignSound(name(file), Arrays.copyOf(pcm, length)));
        }
        return pieces;
    }

    private static List<ForeignSound> files(Path folder) throws IOException {
        List<ForeignSound> sounds = new ArrayList<>();
        for (Path file : list(folder)) {
            short[] pcm = SoundFile.read(file);
            for (double level : LEVELS) {
                sounds.add(new ForeignSound(name(file) + " " + level, loud(pcm, level * LOUD)));
            }
        }
        return sounds;
    }

    /// A typist of a noisy keyboard: recorded keys, pressed and let go, five a second with breaks.
    private static ForeignSound typing(Path keys) throws IOException {
        List<short[]> sounds = new ArrayList<>();
        for (Path file : list(keys)) {
            sounds.add(loud(SoundFile.read(file), LOUD / 2));
        }
        var random = new SplittableRandom(3);
        short[] pcm = new short[TYPING_SECONDS * RATE];
        int at = RATE;
        while (at < pcm.length - RATE) {
            short[] key = sounds.get(random.nextInt(sounds.size()));
            for (int i = 0; i < key.length && at + i < pcm.length; i++) {
                pcm[at + i] = clamp(pcm[at + i] + key[i]);
            }
            at += RATE / 10 + random.nextInt(RATE / 5);
            if (random.nextInt(25) == 0) {
                at += 2 * RATE;
            }
        }
        return new ForeignSound("keyboard", pcm);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> SoundFile.isNamedBy(each.toString()))
                    // People who talk.
                    .filter(each -> !each.endsWith("PartyNoise.wav"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }

    private static ForeignSound made(String name, int seconds, DoubleSupplier sample) {
        short[] pcm = new short[seconds * RATE];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = clamp(sample.getAsDouble());
        }
        return new ForeignSound(name, pcm);
    }

    /// So that what sounds of it is that loud: frames of less than 30 dB below the loudest are its silence.
    private static short[] loud(short[] pcm, double rms) {
        double[] energy = new double[Math.ceilDiv(pcm.length, 160)];
        for (int i = 0; i < pcm.length; i++) {
            energy[i / 160] += (double) pcm[i] * pcm[i] / 160;
        }
        double loudest = Arrays.stream(energy).max().orElse(1);
        double active =
                Arrays.stream(energy).filter(each -> each > loudest / 1000).average().orElse(1);
        double factor = rms / Math.sqrt(active);
        short[] scaled = new short[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            scaled[i] = clamp(factor * pcm[i]);
        }
        return scaled;
    }

    private static short clamp(double sample) {
        return (short) Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
