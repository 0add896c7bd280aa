package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Finding;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.audio.Ear;
import io.sandalphone.harness.fakes.audio.GoogleSpeech;
import io.sandalphone.harness.fakes.audio.HeardUpload;
import io.sandalphone.harness.fakes.audio.SaidText;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.VoiceChoice;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Google Speech-to-Text and Text-to-Speech.
@Timeout(120)
class GoogleSpeechTest {
    private static final String KEY = "the key";
    private static final short[] FOUR_WORDS =
            ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3, ToneWord.W2, ToneWord.W5);

    private final GoogleSpeech service =
            new GoogleSpeech(KEY, Ear.tones(), SpeechGenerator.humming(Duration.ofMillis(60)));
    private final HttpEngineLab lab = new HttpEngineLab(service);
    private final List<ProviderEngines> opened = new ArrayList<>();

    private ProviderEngines google(String key, String more) {
        ProviderEngines engines =
                lab.engines(
                        "google",
                        """
                        api-key: "KEY"
                        hearing: {endpoint: "%s", timeout: 30s}
                        speaking: {endpoint: "%s", timeout: 30s, MORE}
                        """
                                .replace("KEY", key)
                                .replace("MORE", more));
        opened.add(engines);
        return engines;
    }

    private ProviderEngines google() {
        return google(KEY, "rate: 1.0");
    }

    @AfterEach
    void close() {
        opened.forEach(ProviderEngines::close);
        lab.close();
    }

    @Test
    void an_utterance_is_sent_as_the_telephone_has_it_and_its_results_are_joined()
            throws Exception {
        Object told = lab.hear(google(), "es-MX", FOUR_WORDS, "Acme");
        var words = assertInstanceOf(TranscriptEvent.Final.class, told, told::toString);
        // The fake tells three words in one result and the fourth in the next.
        assertEquals("waa wcc wbb wee", words.text());
        assertEquals(0.93, words.confidence().orElseThrow(), 1e-6);
        HeardUpload upload = service.heard().getFirst();
        assertEquals(8000, upload.rate());
        assertEquals("MULAW", upload.fields().get("encoding"));
        assertEquals("es-MX", upload.fields().get("languageCode"));
        assertEquals("telephony", upload.fields().get("model"));
        assertTrue(String.valueOf(upload.fields().get("speechContexts")).contains("Acme"));
    }

    @Test
    void what_it_bills_is_what_is_reported() throws Exception {
        lab.hear(google(), "en", FOUR_WORDS);
        RecordedUsage.Item item = lab.usage.items().getFirst();
        assertEquals("google-speech", item.tariff());
        assertEquals(0, item.amount() % 1000, "by the second");
    }

    @Test
    void a_language_the_model_does_not_hear_is_heard_by_another_from_then_on() throws Exception {
        ProviderEngines engines = google();
        for (int i = 0; i < 2; i++) {
            Object told = lab.hear(engines, "fr", FOUR_WORDS);
            assertInstanceOf(TranscriptEvent.Final.class, told, told::toString);
        }
        assertEquals(
                List.of("default", "default"),
                service.heard().stream().map(upload -> upload.fields().get("model")).toList());
        assertEquals(1, lab.fake.journal().refused().get(400));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "es    | rate: 1.0                             | | google-voice",
                "es-MX | voices: {es: es-US-Neural2-A}         | es-US-Neural2-A | google-neural2",
                "ja    | voices: {ja: ja-JP-Chirp3-HD-Kore}    | ja-JP-Chirp3-HD-Kore |"
                        + " google-chirp3-hd",
                "en    | voices: {en: en-GB-Wavenet-B}         | en-GB-Wavenet-B | google-wavenet"
            })
    void the_voice_of_the_settings_speaks_or_one_of_googles(
            String language, String settings, String voice, String tariff) throws Exception {
        Sound sound = lab.speak(google(KEY, settings), language, "la casa de mi hermano");
        assertTrue(sound.pcm().length > 4000);
        SaidText said = service.said().getFirst();
        assertEquals(voice == null ? "" : voice, said.voice());
        assertEquals(tariff, lab.usage.items().getFirst().tariff());
    }

    @Test
    void the_voice_that_is_asked_for_speaks_and_costs_what_its_kind_does() throws Exception {
        ProviderEngines engines = google(KEY, "voices: {es: es-US-Neural2-A}");
        var voices = new VoiceChoice(Optional.of("es-ES-Chirp3-HD-Kore"), Map.of());
        lab.speak(engines, "es", "la casa", voices);
        assertEquals("es-ES-Chirp3-HD-Kore", service.said().getFirst().voice());
        assertEquals("google-chirp3-hd", lab.usage.items().getFirst().tariff());
        assertEquals("", HttpEngineLab.mistake(engines, "es", "es-ES-Chirp3-HD-Kore"));
        assertEquals("", HttpEngineLab.mistake(engines, "zh", "cmn-CN-Standard-A"));
        assertEquals("", HttpEngineLab.mistake(engines, "en", "Kore"));
        assertEquals(
                "a voice of Google's that begins with es-US",
                HttpEngineLab.mistake(engines, "es", "en-US-Neural2-A"));
    }

    @ParameterizedTest
    @EnumSource(names = {"INCOMPLETE", "GARBAGE", "FLOOD", "CUT", "SERVER_ERROR"})
    void whatever_comes_in_place_of_sound_or_words_it_ends(Fault fault) throws Exception {
        ProviderEngines engines = google();
        lab.fake.inject(fault);
        Object told = lab.hear(engines, "en", FOUR_WORDS);
        if (told instanceof SpeechException failure) {
            Failures.assertSilentAbout("waa", failure);
        } else {
            assertInstanceOf(TranscriptEvent.Nothing.class, told);
        }
        try {
            Sound sound = lab.speak(engines, "es", "secreto");
            throw new AssertionError(sound.pcm().length + " samples of " + fault);
        } catch (SpeechException failure) {
            Failures.assertSilentAbout("secreto", failure);
        }
    }

    @Test
    void its_check_says_what_is_wrong() throws Exception {
        ProviderEngines engines = google();
        assertEquals(List.of("", ""), blamed(engines));
        assertEquals(
                Finding.Kind.OK, engines.transcriber().orElseThrow().check().getFirst().kind());
        ProviderEngines stranger = google("another key", "rate: 1.0");
        assertEquals(List.of("engines.google.api-key", "engines.google.api-key"), blamed(stranger));
        lab.fake.close();
        assertEquals(
                List.of("engines.google.hearing.endpoint", "engines.google.speaking.endpoint"),
                blamed(engines));
        assertEquals(List.of(), service.heard());
        assertEquals(List.of(), service.said());
    }

    private static List<String> blamed(ProviderEngines engines) throws Exception {
        return List.of(
                engines.transcriber().orElseThrow().check().getFirst().setting(),
                engines.synthesizer().orElseThrow().check().getFirst().setting());
    }
}
