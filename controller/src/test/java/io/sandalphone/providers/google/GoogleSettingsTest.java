package io.sandalphone.providers.google;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Secret;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.http.VoiceNames;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

class GoogleSettingsTest {
    @Test
    void a_key_in_the_environment_is_all_the_second_edition_needs() throws Exception {
        var settings = Settings.read("{}", Map.of("GOOGLE_TRANSLATE_API_KEY", "a-key"));
        assertEquals(
                new GoogleSettings(
                        new GoogleSettings.Basic(new Secret("a-key")),
                        URI.create("https://translation.googleapis.com"),
                        Duration.ofMillis(1500),
                        Duration.ofSeconds(4),
                        0,
                        new GoogleSpeechSettings(
                                new GoogleSpeechSettings.Hearing(
                                        URI.create("https://speech.googleapis.com"),
                                        "telephony",
                                        Duration.ofSeconds(6)),
                                new GoogleSpeechSettings.Speaking(
                                        URI.create("https://texttospeech.googleapis.com"),
                                        new VoiceNames(Map.of()),
                                        1,
                                        Duration.ofSeconds(6)))),
                settings);
        assertFalse(settings.toString().contains("a-key"), settings::toString);
    }

    @Test
    void a_service_account_is_all_the_third_edition_needs() throws Exception {
        var settings =
                Settings.read("{api: v3}", Map.of("GOOGLE_APPLICATION_CREDENTIALS", "/etc/a.json"));
        assertEquals(
                new GoogleSettings.Advanced(
                        Optional.of(Path.of("/etc/a.json")),
                        Optional.empty(),
                        "global",
                        GoogleSettings.Model.NMT,
                        Map.of()),
                settings.edition());
    }

    @Test
    void glossaries_are_named_by_the_languages_they_are_for() throws Exception {
        var settings =
                Settings.read(
                        "{api: v3, location: us-central1, glossaries: {en-es: hotel, es-en: it}}");
        var advanced = (GoogleSettings.Advanced) settings.edition();
        assertEquals(Map.of("en-es", "hotel", "es-en", "it"), advanced.glossaries());
        assertEquals(Optional.empty(), advanced.credentials());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nmt             | google-nmt             | models/general/nmt",
                "translation-llm | google-translation-llm | models/general/translation-llm",
                "NM0123          | google-custom          | models/NM0123"
            })
    void each_model_has_its_path_and_its_tariff(String id, String tariff, String path) {
        var model = new GoogleSettings.Model(id);
        assertEquals(tariff, model.tariff());
        assertEquals(path, model.path());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                             | api-key",
                "{api: v4}                                      | api",
                "{api-key: k, model: translation-llm}           | model",
                "{api: v3, model: ../secret}                    | model",
                "{api-key: k, glossaries: {en-es: terms}}       | glossaries",
                "{api: v3, glossaries: {en-es: terms}}          | location",
                "{api: v3, location: a, glossaries: {english: x}} | glossaries.english",
                "{api: v3, location: a, glossaries: {en-es: a/b}} | glossaries.en-es",
                "{api: v3, project: a/b}                        | project",
                "{api: v3, location: ''}                        | location",
                "{api: v3, credentials: ''}                     | credentials",
                "{api-key: k, endpoint: 'ftp://host'}           | endpoint",
                "{api-key: k, endpoint: 'https://host/path'}    | endpoint",
                "{api-key: k, timeout: 1s}                      | attempt-timeout",
                "{api-key: k, timeout: soon}                    | timeout",
                "{api-key: k, context-clauses: 11}              | context-clauses",
                "{api-key: k, glossary: x}                      | glossary"
            })
    void each_mistake_is_told_by_its_key(String own, String key) {
        var refused = assertThrows(ConfigurationException.class, () -> Settings.read(own));
        assertEquals(
                "engines.google." + key, refused.problems().getFirst().key(), refused::getMessage);
    }

    @Test
    void it_is_found_by_name() {
        assertTrue(
                ServiceLoader.load(SpeechProvider.class).stream()
                        .anyMatch(provider -> provider.get().name().equals("google")));
    }
}
