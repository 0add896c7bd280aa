package io.sandalphone.providers.assemblyai;

import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.media.AudioFrame;

import java.net.URI;
import java.time.Duration;

/// How AssemblyAI is used.
///
/// @param endpoint where sessions are opened: `wss` (or `ws`), without a query
/// @param apiKey what is shown as `Authorization`
/// @param model the value of `speech_model`
/// @param unlistedModel whether a model that is not known to us is what the operator wants
/// @param chunk how much audio is sent at a time: whole frames, 60 to 100 ms
/// @param minTurnSilence the silence that ends a turn of whose end the service is confident
/// @param maxTurnSilence the silence that ends a turn in any case
/// @param endOfTurnConfidence from which confidence on `minTurnSilence` will do, 0 to 1
/// @param formatTurns whether finals come with punctuation and capitals
/// @param formattedTurnTimeout how long, at a turn's end without punctuation, the one with it is waited for
/// @param languageDetection whether finals say which language was spoken
/// @param forceEndpoint whether our own voice detector ends turns too
/// @param connectTimeout how long a connection, and then the service's `Begin`, may take
/// @param answerTimeout how long words are waited for: the next ones while somebody speaks, and after an
///     utterance the end of its turn
public record AssemblyAiSettings(
        URI endpoint,
        Secret apiKey,
        String model,
        boolean unlistedModel,
        Duration chunk,
        Duration minTurnSilence,
        Duration maxTurnSilence,
        double endOfTurnConfidence,
        boolean formatTurns,
        Duration formattedTurnTimeout,
        boolean languageDetection,
        boolean forceEndpoint,
        Duration connectTimeout,
        Duration answerTimeout) {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    public AssemblyAiSettings {
        if (!isChunk(chunk)) {
            throw new IllegalArgumentException("chunk " + chunk + " is not 60, 80 or 100 ms");
        }
        if (minTurnSilence.compareTo(maxTurnSilence) > 0) {
            throw new IllegalArgumentException(
                    "min-turn-silence "
                            + minTurnSilence
                            + " exceeds max-turn-silence "
                            + maxTurnSilence);
        }
    }

    /// Reads them from their section, `engines.assemblyai`.
    public static Setting<AssemblyAiSettings> read(Section own) {
        Setting<URI> endpoint =
                own.check(
                        "endpoint",
                        own.uri("endpoint", "wss", "ws"),
                        "an address without ? and what follows it",
                        uri -> uri.getQuery() == null && uri.getFragment() == null);
        Setting<Secret> apiKey = own.secret("api-key");
        Setting<String> model =
                own.check(
                        "model",
                        own.text("model"),
                        "a name of small letters, digits and dashes",
                        name -> name.matches("[a-z0-9.-]+"));
        Setting<Boolean> unlistedModel = own.flag("unlisted-model");
        Setting<Duration> chunk =
                own.check(
                        "chunk",
                        own.duration("chunk", Duration.ofMillis(60), Duration.ofMillis(100)),
                        "60ms, 80ms or 100ms",
                        AssemblyAiSettings::isChunk);
        Setting<Duration> minSilence = silence(own, "min-turn-silence");
        Setting<Duration> maxSilence = silence(own, "max-turn-silence");
        Setting<Double> confidence = own.number("end-of-turn-confidence", 0, 1);
        Setting<Boolean> formatTurns = own.flag("format-turns");
        Setting<Duration> formatted =
                own.duration("formatted-turn-timeout", Duration.ZERO, Duration.ofSeconds(2));
        Setting<Boolean> languageDetection = own.flag("language-detection");
        Setting<Boolean> forceEndpoint = own.flag("force-endpoint");
        Setting<Duration> connect = limit(own, "connect-timeout");
        Setting<Duration> answer = limit(own, "answer-timeout");
        return own.make(
                () ->
                        new AssemblyAiSettings(
                                endpoint.get(),
                                apiKey.get(),
                                model.get(),
                                unlistedModel.get(),
                                chunk.get(),
                                minSilence.get(),
                                maxSilence.get(),
                                confidence.get(),
                                formatTurns.get(),
                                formatted.get(),
                                languageDetection.get(),
                                forceEndpoint.get(),
                                connect.get(),
                                answer.get()));
    }

    int framesPerChunk() {
        return Math.toIntExact(chunk.toMillis() / AudioFrame.MILLIS);
    }

    private static boolean isChunk(Duration chunk) {
        long millis = chunk.toMillis();
        return millis >= 60
                && millis <= 100
                && chunk.equals(Duration.ofMillis(millis))
                && millis % AudioFrame.MILLIS == 0;
    }

    private static Setting<Duration> silence(Section own, String key) {
        return own.duration(key, Duration.ZERO, LONGEST_SILENCE);
    }

    private static Setting<Duration> limit(Section own, String key) {
        return own.duration(key, Duration.ofMillis(100), LONGEST_WAIT);
    }
}
