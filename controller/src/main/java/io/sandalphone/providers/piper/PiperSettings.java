package io.sandalphone.providers.piper;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.http.UrlPath;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How Piper's server is asked.
///
/// @param baseUrl where its paths begin
/// @param path what speaks, below the base
/// @param voices those it is asked to speak with; the first that speaks a language does where none is asked for by its name
/// @param lengthScale how long everything takes, 1 being the voice's own pace
/// @param timeout how long the sound of a text may take
record PiperSettings(
        URI baseUrl, String path, List<PiperVoice> voices, double lengthScale, Duration timeout) {
    PiperSettings {
        voices = List.copyOf(voices);
    }

    static Setting<PiperSettings> read(Section own) {
        Setting<URI> baseUrl = own.uri("base-url", "https", "http");
        Setting<String> path = own.value("path", "a path, such as /synthesize", UrlPath::checked);
        Setting<List<PiperVoice>> voices =
                own.check(
                        "voices",
                        own.list("voices", PiperVoice.EXPECTED, PiperVoice::new),
                        "at least one voice, " + PiperVoice.EXPECTED,
                        named -> !named.isEmpty());
        Setting<Double> lengthScale = own.number("length-scale", 0.25, 4);
        Setting<Duration> timeout =
                own.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
        return own.make(
                () ->
                        new PiperSettings(
                                baseUrl.get(),
                                path.get(),
                                voices.get(),
                                lengthScale.get(),
                                timeout.get()));
    }

    /// Who speaks `language`: a voice of its region before another of the same language.
    Optional<PiperVoice> voice(Language language) {
        return voices.stream()
                .filter(voice -> voice.language().tag().equalsIgnoreCase(language.tag()))
                .findFirst()
                .or(() -> speaking(language).findFirst());
    }

    /// The voice of this name, if it is there and speaks `language`.
    Optional<PiperVoice> voice(String name, Language language) {
        return speaking(language).filter(voice -> voice.name().equals(name)).findFirst();
    }

    /// Those that speak `language`, in whichever region's manner.
    Stream<PiperVoice> speaking(Language language) {
        return voices.stream().filter(voice -> voice.language().sameAs(language));
    }

    /// The address of `below`, below the base.
    String at(String below) {
        return UrlPath.below(baseUrl, below);
    }
}
