package io.sandalphone.harness.latency;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// How the modelled providers and people behave: `providers.properties`, which says what each number is.
///
/// @param name of the profile
/// @param partial from a word's end until it is first told
/// @param translation from a request to its answer
/// @param firstByte from a request to the first sound
/// @param end from a silence that is long enough to its being told
/// @param pauseMs the silence by which the newest word becomes final
/// @param confidentSilenceMs the silence that ends a turn behind a sentence, and `silenceMs` elsewhere
/// @param correction from a word that is told wrong to its correction
/// @param wrongFirst the share of words that are first told wrong, and `wrong` of those that stay so
/// @param characterMs how long the voice speaks for a character
/// @param timesRealTime how much faster than that its sound arrives, in pieces of `pieceMs`
/// @param patienceMs the silence after which the listener answers, for `answerMs`
public record Profile(
        String name,
        Delay partial,
        Delay translation,
        Delay firstByte,
        Delay end,
        long pauseMs,
        long confidentSilenceMs,
        long silenceMs,
        Delay correction,
        double wrongFirst,
        double wrong,
        double characterMs,
        double timesRealTime,
        int pieceMs,
        long patienceMs,
        long answerMs) {
    private static final String FILE = "providers.properties";

    /// The profile `name`; empty where the file has none of that name.
    public static Optional<Profile> of(String name) {
        var file = new Properties();
        try (InputStream in = Profile.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("no " + FILE);
            }
            file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
        return file.containsKey(name + ".partial")
                ? Optional.of(read(name, file))
                : Optional.empty();
    }

    /// The same with each delay as it is half of the time.
    public Profile withoutChance() {
        return new Profile(
                name,
                without(partial),
                without(translation),
                without(firstByte),
                without(end),
                pauseMs,
                confidentSilenceMs,
                silenceMs,
                without(correction),
                wrongFirst,
                wrong,
                characterMs,
                timesRealTime,
                pieceMs,
                patienceMs,
                answerMs);
    }

    private static Delay without(Delay chance) {
        return new Delay(chance.p50(), chance.p50());
    }

    private static Profile read(String name, Properties file) {
        return new Profile(
                name,
                delay(file, name + ".partial"),
                delay(file, name + ".translation"),
                delay(file, name + ".first-byte"),
                delay(file, name + ".end"),
                whole(file, "pause-ms"),
                whole(file, "confident-silence-ms"),
                whole(file, "silence-ms"),
                delay(file, "correction"),
                number(file, "wrong-first-percent") / 100,
                number(file, "wrong-percent") / 100,
                number(file, "character-ms"),
                number(file, "times-real-time"),
                Math.toIntExact(whole(file, "piece-ms")),
                whole(file, "patience-ms"),
                whole(file, "answer-ms"));
    }

    private static Delay delay(Properties file, String key) {
        double[] two =
                Stream.of(value(file, key).split(" +", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
        if (two.length != 2 || two[0] <= 0 || two[1] < two[0]) {
            throw new IllegalStateException(FILE + ": " + key + " wants its p50 and its p95");
        }
        return new Delay(two[0], two[1]);
    }

    private static long whole(Properties file, String key) {
        return Long.parseLong(value(file, key));
    }

    private static double number(Properties file, String key) {
        return Double.parseDouble(value(file, key));
    }

    private static String value(Properties file, String key) {
        String value = file.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(FILE + ": no " + key);
        }
        return value.strip();
    }
}
