package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.testing.Processes;
import io.sandalphone.testing.RequiresPackage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

@RequiresPackage(value = "apertium", file = "/usr/bin/apertium-wblank-mode")
@RequiresPackage(value = "apertium-eng-spa", file = "/usr/share/apertium/modes/eng-spa.mode")
@Timeout(30)
class ApertiumTranslatorTest {
    private static final Language EN = new Language("en");
    private static final Language ES = new Language("es-MX");

    private final OfflineMeters meters = OfflineMeters.register(new SimpleMeterRegistry());
    private final ApertiumTranslator translator =
            new ApertiumTranslator(Settings.answeringWithin(Duration.ofSeconds(4)), meters);

    @AfterEach
    void close() {
        translator.close();
    }

    private String spanish(String text) throws SpeechException, InterruptedException {
        return translator.translate(
                new TranslationRequest(text, EN, ES, List.of(), Usage.UNMETERED));
    }

    @Test
    void what_a_recognizer_hears_becomes_written_spanish() throws Exception {
        assertEquals(
                "¿Dónde es el hospital más cercano?", spanish("where is the nearest hospital"));
        assertEquals("Por favor, prueba otra vez.", spanish("please try again"));
        assertEquals(
                "Lo siento, no entendí su respuesta.",
                spanish("i am sorry, i did not understand your response"));
        assertEquals(
                "No sé quién envió este mensaje.", spanish("i don't know who sent this message"));
        assertEquals("Gracias por su paciencia.", spanish("thank you for your patience"));
    }

    @Test
    void spanish_becomes_english() throws Exception {
        var request =
                new TranslationRequest(
                        "necesito un doctor por favor", ES, EN, List.of(), Usage.UNMETERED);
        assertEquals("Please, I need a doctor.", translator.translate(request));
    }

    @Test
    void unknown_words_stay_and_carry_no_marks() throws Exception {
        assertEquals("Zorblax es mi amigo.", spanish("zorblax is my friend"));
    }

    @Test
    void characters_of_its_own_stream_format_do_no_harm() throws Exception {
        spanish("a [b] ^c$ {d} <e> \\ / @ * # [7] \0 x");
        assertEquals("Necesito un doctor.", spanish("i need a doctor"));
    }

    @Test
    void nothing_is_translated_to_nothing() throws Exception {
        assertEquals("", spanish(" "));
    }

    @Test
    void many_at_once_each_get_their_own_answer() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work =
                    IntStream.range(0, 50)
                            .<Callable<String>>mapToObj(i -> () -> spanish("house " + i))
                            .toList();
            var answers = threads.invokeAll(work);
            for (int i = 0; i < 50; i++) {
                assertEquals("Casa " + i + ".", answers.get(i).get());
            }
        }
    }

    @Test
    void a_pipe_that_dies_is_replaced() throws Exception {
        spanish("house");
        Processes.ofThisJvm("lt-proc").forEach(ProcessHandle::destroyForcibly);
        int failures = 0;
        while (failures < 100) {
            try {
                assertEquals("Casa.", spanish("house"));
                break;
            } catch (SpeechException expected) {
                failures++;
            }
        }
        assertTrue(failures < 100, "never came back");
        assertTrue(translator.unavailableReason().isEmpty());
        assertTrue(meters.translatorRestarts().count() > 0);
    }

    @Test
    void a_pipe_that_hangs_is_given_up_in_time_and_replaced() throws Exception {
        spanish("house");
        for (var program : Processes.ofThisJvm("apertium-tagger").toList()) {
            Processes.stop(program);
        }
        var failure = assertThrows(SpeechException.class, () -> spanish("house"));
        assertEquals(SpeechException.Kind.TIMEOUT, failure.kind());
        assertFalse(translator.unavailableReason().isEmpty());
    }

    @Test
    void other_languages_are_refused() {
        var french = new Language("fr");
        assertFalse(translator.translates(EN, french));
        var request = new TranslationRequest("house", EN, french, List.of(), Usage.UNMETERED);
        var failure = assertThrows(SpeechException.class, () -> translator.translate(request));
        assertEquals(SpeechException.Kind.REQUEST, failure.kind());
    }

    @Test
    void closing_leaves_no_process() throws Exception {
        spanish("house");
        translator.close();
        for (var program : Processes.ofThisJvm("apertium").toList()) {
            program.onExit().get();
        }
    }
}
