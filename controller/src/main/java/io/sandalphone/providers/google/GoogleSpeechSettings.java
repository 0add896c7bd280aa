package io.sandalphone.providers.google;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.http.VoiceNames;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/// How Google Speech-to-Text and Text-to-Speech are asked, beside what they share with the translator.
record GoogleSpeechSettings(Hearing hearing, Speaking speaking) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /// @param endpoint scheme, host and port of the service
    /// @param model which model understands
    /// @param timeout how long the words of an utterance may take
    record Hearing(URI endpoint, String model, Duration timeout) {
        /// The model that hears every language there is.
        static final String EVERY_LANGUAGE = "default";

        /// What the service calls its models.
        static final Set<String> MODELS =
                Set.of(
                        "telephony",
                        "telephony_short",
                        "phone_call",
                        "latest_short",
                        "latest_long",
                        "command_and_search",
                        EVERY_LANGUAGE);
    }

    /// @param endpoint scheme, host and port of the service
    /// @param voices Google's voices by language; where none is named Google chooses
    /// @param rate how fast is spoken, 1 being the voice's own pace
    /// @param timeout how long the sound of a text may take
    record Speaking(URI endpoint, VoiceNames voices, double rate, Duration timeout) {}

    static Setting<GoogleSpeechSettings> read(Section own) {
        Setting<Hearing> hearing = hearing(own.section("hearing"));
        Setting<Speaking> speaking = speaking(own.section("speaking"));
        return own.make(() -> new GoogleSpeechSettings(hearing.get(), speaking.get()));
    }

    private static Setting<Hearing> hearing(Section own) {
        Setting<URI> endpoint = own.uri("endpoint", "https", "http");
        Setting<String> model =
                own.value(
                        "model",
                        "one of " + String.join(", ", Hearing.MODELS.stream().sorted().toList()),
                        text -> {
                            if (!Hearing.MODELS.contains(text)) {
                                throw new IllegalArgumentException();
                            }
                            return text;
                        });
        Setting<Duration> timeout = own.duration("timeout", SHORTEST, LONGEST);
        return own.make(() -> new Hearing(endpoint.get(), model.get(), timeout.get()));
    }

    private static Setting<Speaking> speaking(Section own) {
        Setting<URI> endpoint = own.uri("endpoint", "https", "http");
        Setting<VoiceNames> voices = VoiceNames.read(own.section("voices"));
        Setting<Double> rate = own.number("rate", 0.25, 2);
        Setting<Duration> timeout = own.duration("timeout", SHORTEST, LONGEST);
        return own.make(
                () -> new Speaking(endpoint.get(), voices.get(), rate.get(), timeout.get()));
    }
}
