package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Finding;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.audio.PiperServer;
import io.sandalphone.harness.fakes.polly.SpeechGenerator;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.VoiceChoice;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Piper's own HTTP server.
@Timeout(120)
class PiperTest {
    private final PiperServer service =
            new PiperServer(SpeechGenerator.humming(Duration.ofMillis(60)), Duration.ZERO);
    private final HttpEngineLab lab = new HttpEngineLab(service);
    private final List<ProviderEngines> opened = new ArrayList<>();

    private ProviderEngines piper(String voices) {
        ProviderEngines engines =
                lab.engines("piper", "{base-url: \"%s\", timeout: 30s, voices: [" + voices + "]}");
        opened.add(engines);
        return engines;
    }

    @AfterEach
    void close() {
        opened.forEach(ProviderEngines::close);
        lab.close();
    }

    @Test
    void the_voice_of_the_language_speaks_at_the_telephones_rate() throws Exception {
        ProviderEngines engines = piper("en_US-fake-medium, es_MX-fake-low");
        // The same text lasts as long in either, whatever the voice's rate.
        int spanish = lab.speak(engines, "es", "la casa de mi hermano").pcm().length;
        int english = lab.speak(engines, "en-GB", "la casa de mi hermano").pcm().length;
        assertTrue(Math.abs(spanish - english) < 400, spanish + " and " + english);
        assertEquals(
                List.of("es_MX-fake-low", "en_US-fake-medium"),
                service.said().stream().map(said -> said.voice()).toList());
    }

    @Test
    void the_voice_that_is_asked_for_speaks_where_it_is_one_of_the_settings() throws Exception {
        ProviderEngines engines = piper("en_US-fake-medium, es_MX-fake-low, es_ES-fake-low");
        var voices = new VoiceChoice(Optional.empty(), Map.of("piper", "es_ES-fake-low"));
        lab.speak(engines, "es", "hola", voices);
        lab.speak(engines, "es", "hola", new VoiceChoice(Optional.of("es_ES-x"), Map.of()));
        assertEquals(
                List.of("es_ES-fake-low", "es_MX-fake-low"),
                service.said().stream().map(said -> said.voice()).toList());
        assertEquals("", HttpEngineLab.mistake(engines, "es-MX", "es_ES-fake-low"));
        assertEquals(
                "one of engines.piper.voices: es_MX-fake-low, es_ES-fake-low",
                HttpEngineLab.mistake(engines, "es", "en_US-fake-medium"));
    }

    @Test
    void a_voice_that_is_not_there_does_not_speak_as_another() {
        ProviderEngines engines = piper("es_ES-absent-low");
        SpeechException failure =
                assertThrows(SpeechException.class, () -> lab.speak(engines, "es", "hola"));
        assertEquals(Kind.REQUEST, failure.kind());
        assertEquals(List.of(), service.said());
    }

    @Test
    void it_speaks_the_languages_of_its_voices_alone() {
        Synthesizer synthesizer = piper("es_MX-fake-low").synthesizer().orElseThrow();
        assertTrue(synthesizer.speaks(new Language("es-ES")));
        assertFalse(synthesizer.speaks(new Language("en")));
    }

    @Test
    void a_long_text_is_asked_for_in_parts() throws Exception {
        lab.speak(piper("en_US-fake-medium"), "en", "We open at nine on weekdays. ".repeat(12));
        assertTrue(service.said().size() >= 3, () -> service.said().size() + " parts");
        service.said().forEach(said -> assertTrue(said.text().endsWith("."), said::text));
    }

    @ParameterizedTest
    @EnumSource(names = {"GARBAGE", "SERVER_ERROR"})
    void what_is_no_sound_is_a_fault_of_its(Fault fault) throws Exception {
        ProviderEngines engines = piper("en_US-fake-medium");
        lab.speak(engines, "en", "hello");
        lab.fake.inject(fault);
        SpeechException failure =
                assertThrows(SpeechException.class, () -> lab.speak(engines, "en", "hello again"));
        assertEquals(Kind.PROVIDER_FAULT, failure.kind());
    }

    @Test
    void of_a_flood_no_more_is_heard_than_the_file_says_it_holds() throws Exception {
        ProviderEngines engines = piper("en_US-fake-medium");
        int once = lab.speak(engines, "en", "hello again").pcm().length;
        lab.fake.inject(Fault.FLOOD);
        assertEquals(once, lab.speak(engines, "en", "hello again").pcm().length);
        Poll.until(
                Duration.ofSeconds(60),
                () -> lab.fake.journal().underWay() == 0,
                () -> lab.fake.journal().toString());
    }

    @Test
    void its_check_says_what_is_wrong() throws Exception {
        assertEquals(Finding.Kind.OK, check("en_US-fake-medium, es_MX-fake-low").kind());
        assertEquals("engines.piper.voices", check("es_ES-absent-low").setting());
        ProviderEngines engines = piper("en_US-fake-medium");
        lab.fake.close();
        assertEquals(
                "engines.piper.base-url",
                engines.synthesizer().orElseThrow().check().getFirst().setting());
    }

    private Finding check(String voices) throws Exception {
        return piper(voices).synthesizer().orElseThrow().check().getFirst();
    }
}
