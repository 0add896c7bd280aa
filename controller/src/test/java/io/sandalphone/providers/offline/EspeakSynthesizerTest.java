package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.testing.Pcm;
import io.sandalphone.testing.Processes;
import io.sandalphone.testing.RequiresPackage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

@RequiresPackage(value = "espeak-ng", file = "/usr/bin/espeak-ng")
@Timeout(30)
class EspeakSynthesizerTest {
    private static final Language EN = new Language("en");
    private static final Language ES = new Language("es");
    private static final List<String> PHRASES =
            List.of(
                    "Hola, ¿dónde está el hospital más cercano?",
                    "Su llamada es la primera en la cola.",
                    "No.",
                    "Gracias por su paciencia.",
                    "Por favor, compruebe el número y marque otra vez.");

    private final EspeakSynthesizer synthesizer =
            new EspeakSynthesizer(
                    Settings.answeringWithin(Duration.ofSeconds(5)),
                    OfflineMeters.register(new SimpleMeterRegistry()));

    private static SynthesisRequest say(String text, Language language) {
        return new SynthesisRequest(text, language, Usage.UNMETERED);
    }

    private short[] speak(String text, Language language) throws Exception {
        var pieces = new ArrayList<short[]>();
        synthesizer.synthesize(say(text, language), pieces::add);
        return Pcm.joined(pieces);
    }

    @Test
    void phrases_sound_at_the_level_of_a_telephone_voice() throws Exception {
        for (String phrase : PHRASES) {
            double level = Pcm.activeLevel(speak(phrase, ES));

            assertEquals(-20, level, 4, phrase);
        }
    }

    @Test
    void speech_begins_and_ends_without_silence() throws Exception {
        for (String phrase : PHRASES) {
            short[] pcm = speak(phrase, ES);
            assertTrue(Pcm.silenceBefore(pcm) <= 160, () -> phrase + " begins late");
            assertTrue(Pcm.silenceAfter(pcm) <= 160, () -> phrase + " ends late");
        }
    }

    @Test
    void it_takes_about_as_long_as_a_person_takes() throws Exception {
        int samples = speak("Where is the nearest hospital? I need a doctor.", EN).length;
        assertTrue(samples > 8000 * 1.8 && samples < 8000 * 4, () -> samples + " samples");
    }

    @Test
    void instructions_in_the_text_are_not_obeyed() throws Exception {
        assertTrue(speak("one [[two three]] four", EN).length > 8000);
    }

    @Test
    void text_without_words_makes_no_sound_and_no_trouble() throws Exception {
        assertEquals(0, speak(" ", ES).length);
    }

    @Test
    void the_text_is_not_on_the_command_line() throws Exception {
        var commands = new ArrayList<String>();
        synthesizer.synthesize(
                say("a secret ".repeat(200), EN),
                pcm -> {
                    if (commands.isEmpty()) {
                        Processes.ofThisJvm("espeak-ng")
                                .flatMap(process -> process.info().commandLine().stream())
                                .forEach(commands::add);
                    }
                });
        assertFalse(commands.isEmpty(), "it was never seen at work");
        assertTrue(commands.stream().noneMatch(command -> command.contains("secret")));
    }

    @Test
    void an_interrupt_ends_it_and_its_process() throws Exception {
        var speaking = new CountDownLatch(1);
        var ended = new ArrayList<Throwable>();
        var thread =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        synthesizer.synthesize(
                                                say("word ".repeat(20_000), EN),
                                                pcm -> speaking.countDown());
                                    } catch (SpeechException | InterruptedException end) {
                                        ended.add(end);
                                    }
                                });
        speaking.await();
        thread.interrupt();
        thread.join();
        assertEquals(1, ended.size());
        assertTrue(ended.getFirst() instanceof InterruptedException);
        for (var process : Processes.ofThisJvm("espeak-ng").toList()) {
            process.onExit().get();
        }
    }

    @Test
    void other_languages_are_refused() {
        var french = new Language("fr");
        assertFalse(synthesizer.speaks(french));
        var failure = assertThrows(SpeechException.class, () -> speak("bonjour", french));
        assertEquals(SpeechException.Kind.REQUEST, failure.kind());
    }
}
