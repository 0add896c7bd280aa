package io.sandalphone.providers.polly;

import io.sandalphone.config.Secret;
import io.sandalphone.speech.Language;

import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// How Amazon Polly is used.
///
/// @param region the AWS region that speaks, such as `us-east-1`
/// @param keys the account's keys; empty looks for them where every AWS program does
/// @param endpoint where to find Polly when not at the region's usual address
/// @param engine the engine that is meant to speak
/// @param overflow what happens to a request for which `engine` has no room
/// @param voices the voices that are to speak, by language; others are ours to choose
/// @param format the form in which audio comes
/// @param ratePercent the pace of speech, 100 being the voice's own; empty asks for none, and spares
///     Polly the SSML
/// @param deadlines how long to wait for what
/// @param quotas how many requests each engine may get
/// @param connections requests under way at most; more wait for one to end
/// @param cache what is kept of what was said
public record PollySettings(
        String region,
        Optional<Keys> keys,
        Optional<URI> endpoint,
        PollyEngine engine,
        Overflow overflow,
        Map<Language, String> voices,
        AudioFormat format,
        OptionalInt ratePercent,
        Deadlines deadlines,
        Map<PollyEngine, Quota> quotas,
        int connections,
        Cache cache) {
    public PollySettings {
        voices = Map.copyOf(voices);
        quotas = Map.copyOf(quotas);
        for (PollyEngine each : PollyEngine.values()) {
            if (!quotas.containsKey(each)) {
                throw new IllegalArgumentException("no requests for " + each.id());
            }
        }
        for (Map.Entry<Language, String> voice : voices.entrySet()) {
            if (!suits(voice.getValue(), voice.getKey(), engine, overflow)) {
                throw new IllegalArgumentException(
                        "the voice %s for %s".formatted(voice.getValue(), voice.getKey()));
            }
        }
    }

    /// What happens to a request for which the engine has no room.
    public enum Overflow {
        /// The standard engine speaks, in the same voice.
        STANDARD,
        /// It waits, and is given up when that takes too long.
        NONE
    }

    /// The keys of an AWS account.
    ///
    /// @param sessionToken what belongs to keys that are lent for a while
    public record Keys(Secret accessKeyId, Secret secretAccessKey, Optional<Secret> sessionToken) {}

    /// How long to wait for what.
    ///
    /// @param firstAudio from a request to its first audio
    /// @param nextAudio from one piece of audio to the next
    /// @param queue for leave to make a request
    public record Deadlines(Duration firstAudio, Duration nextAudio, Duration queue) {
        public Deadlines {
            if (!firstAudio.isPositive() || !nextAudio.isPositive() || queue.isNegative()) {
                throw new IllegalArgumentException("no time to wait in");
            }
        }
    }

    /// What is kept of what was said.
    ///
    /// @param bytes memory it may take; 0 keeps nothing
    /// @param maxCharacters characters of the longest phrase that is kept
    public record Cache(long bytes, int maxCharacters) {
        public Cache {
            if (bytes < 0 || maxCharacters < 0) {
                throw new IllegalArgumentException("a cache of less than nothing");
            }
        }
    }

    /// The engines that may be asked to speak.
    Set<PollyEngine> engines() {
        return overflow == Overflow.STANDARD
                ? EnumSet.of(engine, PollyEngine.STANDARD)
                : EnumSet.of(engine);
    }

    /// Whether `voice` can speak `language` with each of the engines that may be asked to, as far as
    /// is known.
    static boolean suits(String voice, Language language, PollyEngine engine, Overflow overflow) {
        return Voices.canSpeak(voice, language)
                && Voices.canUse(voice, engine)
                && (overflow == Overflow.NONE || Voices.canUse(voice, PollyEngine.STANDARD));
    }
}
