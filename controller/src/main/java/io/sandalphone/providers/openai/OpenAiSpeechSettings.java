package io.sandalphone.providers.openai;

import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.media.codec.SoundReader;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.speech.http.UrlPath;
import io.sandalphone.speech.http.VoiceNames;
import io.sandalphone.speech.text.admission.WhisperLanguages;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a server with OpenAI's endpoints for sound is asked.
///
/// @param baseUrl where its paths begin: `https://api.openai.com/v1`
/// @param apiKey empty for a server that asks for none
/// @param timeout how long an answer, or the next piece of it, may take
record OpenAiSpeechSettings(
        URI baseUrl,
        Optional<Secret> apiKey,
        Duration timeout,
        Hearing hearing,
        Speaking speaking) {
    /// The section they stand in, as findings begin the keys they name.
    private static final String SECTION = "engines.openai.";

    private static final int MOST_AT_ONCE = 256;

    /// How much is told of what was understood.
    enum ResponseFormat {
        /// The words, and how likely each stretch of them is.
        VERBOSE_JSON,
        /// The words.
        JSON
    }

    /// In which form sound comes.
    enum SoundFormat {
        /// 16 bit without a header, at [Speaking#rate].
        PCM,
        /// With a header, which says the rate.
        WAV
    }

    /// @param path below the base
    /// @param atOnce how many utterances it is sent at the same moment
    /// @param languages those it is taken to understand; none: all that Whisper knows
    record Hearing(
            String path,
            String model,
            ResponseFormat format,
            int atOnce,
            List<Language> languages) {
        Hearing {
            languages = List.copyOf(languages);
        }

        boolean understands(Language language) {
            return among(languages, language);
        }
    }

    /// @param voice who speaks where [#voices] names nobody; empty: then nobody does
    /// @param rate of PCM, in samples per second
    /// @param speed how fast is spoken, 1 being the voice's own pace
    /// @param languages those it is taken to speak; none: all that Whisper knows
    record Speaking(
            String model,
            Optional<String> voice,
            VoiceNames voices,
            SoundFormat format,
            int rate,
            double speed,
            List<Language> languages) {
        Speaking {
            languages = List.copyOf(languages);
        }

        /// Who speaks `language`; empty when nobody does.
        Optional<String> voice(Language language) {
            return voices.of(language).or(() -> voice.filter(_ -> among(languages, language)));
        }
    }

    private static boolean among(List<Language> languages, Language language) {
        return languages.isEmpty()
                ? WhisperLanguages.know(language)
                : languages.stream().anyMatch(language::sameAs);
    }

    static Setting<OpenAiSpeechSettings> read(Section own) {
        Setting<URI> baseUrl = own.uri("base-url", "https", "http");
        Setting<Secret> apiKey = own.secret("api-key");
        Setting<Duration> timeout =
                own.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
        Setting<Hearing> hearing = hearing(own.section("hearing"));
        Setting<Speaking> speaking = speaking(own.section("speaking"));
        return own.make(
                () ->
                        new OpenAiSpeechSettings(
                                baseUrl.get(),
                                OpenAiServer.key(apiKey.get()),
                                timeout.get(),
                                hearing.get(),
                                speaking.get()));
    }

    private static Setting<Hearing> hearing(Section own) {
        Setting<String> path = own.value("path", "a path, such as /inference", UrlPath::checked);
        Setting<String> model = own.text("model");
        Setting<ResponseFormat> format = own.choice("response-format", ResponseFormat.class);
        Setting<Integer> atOnce = own.integer("at-once", 1, MOST_AT_ONCE);
        Setting<List<Language>> languages = languages(own);
        return own.make(
                () ->
                        new Hearing(
                                path.get(),
                                model.get(),
                                format.get(),
                                atOnce.get(),
                                languages.get()));
    }

    private static Setting<Speaking> speaking(Section own) {
        Setting<String> model = own.text("model");
        Setting<Optional<String>> voice =
                own.valueOrNone("voice", "a voice's name", VoiceChoice::name);
        Setting<VoiceNames> voices = VoiceNames.read(own.section("voices"));
        Setting<SoundFormat> format = own.choice("format", SoundFormat.class);
        Setting<Integer> rate =
                own.check(
                        "rate",
                        own.integer("rate", 8000, 48_000),
                        "a usual rate, such as 8000, 16000, 22050 or 24000",
                        SoundReader::isUsual);
        Setting<Double> speed = own.number("speed", 0.25, 4);
        Setting<List<Language>> languages = languages(own);
        return own.make(
                () ->
                        new Speaking(
                                model.get(),
                                voice.get(),
                                voices.get(),
                                format.get(),
                                rate.get(),
                                speed.get(),
                                languages.get()));
    }

    private static Setting<List<Language>> languages(Section own) {
        return own.list("languages", Language.EXPECTED, Language::new);
    }

    /// The server they are about.
    OpenAiServer server() {
        return new OpenAiServer(SECTION, baseUrl, apiKey, timeout);
    }
}
