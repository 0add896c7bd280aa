package io.sandalphone.harness.agents;

import io.sandalphone.harness.latency.Delay;
import io.sandalphone.harness.latency.Profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.stream.Stream;

/// How soon those around an agent do their part: `delays.properties`, which says what each number is.
///
/// @param endOfTurn from the caller's last word until the recognizer tells that the turn is over
/// @param told from the mark of an utterance's end to its words, where the recognizer finds no ends
/// @param firstToken from a request until the model's first token
/// @param tokensPerSecond how fast it goes on
/// @param speech the recognizer's partial words, and the voice
public record AgentDelays(
        Delay endOfTurn, Delay told, Delay firstToken, double tokensPerSecond, Profile speech) {
    private static final String FILE = "delays.properties";

    /// Those of the file.
    public static AgentDelays modelled() {
        var file = new Properties();
        try (InputStream in = AgentDelays.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("no " + FILE);
            }
            file.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE, e);
        }
        return new AgentDelays(
                delay(file, "end-of-turn"),
                delay(file, "told"),
                delay(file, "first-token"),
                Double.parseDouble(value(file, "tokens-per-second")),
                Profile.of(value(file, "speech")).orElseThrow());
    }

    /// Each as half of the time, without chance, for what must come out the same whatever is drawn.
    public static AgentDelays usual() {
        AgentDelays modelled = modelled();
        return new AgentDelays(
                without(modelled.endOfTurn),
                without(modelled.told),
                without(modelled.firstToken),
                modelled.tokensPerSecond,
                modelled.speech.withoutChance());
    }

    private static Delay without(Delay chance) {
        return new Delay(chance.p50(), chance.p50());
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

    private static String value(Properties file, String key) {
        String value = file.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(FILE + ": no " + key);
        }
        return value.strip();
    }

    /// How long the model takes for `count` tokens more, in nanoseconds.
    long tokenNanos(int count) {
        return Math.round(count * 1e9 / tokensPerSecond);
    }
}
