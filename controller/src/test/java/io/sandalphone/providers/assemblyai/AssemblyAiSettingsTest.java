package io.sandalphone.providers.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;

import okhttp3.HttpUrl;
import okhttp3.Request;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

class AssemblyAiSettingsTest {
    private static final TranscriptionRequest SPEAKER =
            new TranscriptionRequest(
                    new Language("en"),
                    new Language("es"),
                    List.of("Acme", "the \"Ritz\""),
                    Usage.UNMETERED);

    private static Section section(String yaml) throws ConfigurationException {
        ObjectNode own = (ObjectNode) ConfigTree.defaults().path("engines").path("assemblyai");
        return Section.root(
                ConfigTree.merge(own, ConfigTree.yaml("test", yaml)),
                Map.of("ASSEMBLYAI_API_KEY", "the key"));
    }

    private static AssemblyAiSettings settings(String yaml) throws ConfigurationException {
        Section section = section(yaml);
        return section.finish(AssemblyAiSettings.read(section));
    }

    @Test
    void the_defaults_ask_for_telephone_sound_and_words_that_stay() throws Exception {
        Request request = SessionRequest.open(settings(""), SPEAKER);

        HttpUrl url = request.url();
        assertEquals("https://streaming.assemblyai.com/v3/ws", url.toString().split("\\?", 2)[0]);
        assertEquals("the key", request.header("Authorization"));
        assertEquals(
                Map.of(
                        "speech_model", "universal-streaming-multilingual",
                        "encoding", "pcm_mulaw",
                        "sample_rate", "8000",
                        "format_turns", "true",
                        "min_turn_silence", "400",
                        "max_turn_silence", "1280",
                        "end_of_turn_confidence_threshold", "0.4",
                        "language_detection", "true",
                        "session_heartbeat", "true",
                        "keyterms_prompt", "[\"Acme\",\"the \\\"Ritz\\\"\"]"),
                url.queryParameterNames().stream()
                        .collect(
                                Collectors.toMap(
                                        name -> name,
                                        name ->
                                                Optional.ofNullable(url.queryParameter(name))
                                                        .orElse(""))));
    }

    @Test
    void a_model_is_asked_only_for_what_it_has() throws Exception {
        HttpUrl english =
                SessionRequest.open(settings("model: universal-streaming-english"), SPEAKER).url();
        assertFalse(english.queryParameterNames().contains("language_detection"));

        HttpUrl pro = SessionRequest.open(settings("model: u3-rt-pro"), SPEAKER).url();
        assertFalse(pro.queryParameterNames().contains("end_of_turn_confidence_threshold"));
        assertTrue(pro.queryParameterNames().contains("language_detection"));
        assertEquals("true", pro.queryParameter("continuous_partials"));
    }

    @Test
    void a_key_is_tried_beside_the_sessions() throws Exception {
        assertEquals(
                "https://streaming.assemblyai.com/v3/token?expires_in_seconds=60",
                SessionRequest.probe(settings("")).url().toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoint: https://streaming.assemblyai.com/v3/ws | endpoint",
                "endpoint: 'wss://streaming.assemblyai.com/v3/ws?x=1' | endpoint",
                "api-key: '' | api-key",
                "model: 'Universal Streaming' | model",
                "chunk: 70ms | chunk",
                "chunk: 20ms | chunk",
                "{min-turn-silence: 2s, max-turn-silence: 1s} | min-turn-silence",
                "end-of-turn-confidence: 2 | end-of-turn-confidence",
                "connect-timeout: 0s | connect-timeout",
                "language-detect: true | language-detect"
            })
    void a_mistake_is_refused_with_its_key(String yaml, String key) {
        var refused = assertThrows(ConfigurationException.class, () -> settings(yaml));

        String message = refused.getMessage();
        assertTrue(message != null && message.contains(key), message);
    }

    @Test
    void the_key_is_never_shown() throws Exception {
        assertFalse(settings("").toString().contains("the key"));
    }
}
