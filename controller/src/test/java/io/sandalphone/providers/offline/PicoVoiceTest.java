package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.testing.Processes;
import io.sandalphone.testing.RequiresPackage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@RequiresPackage(
        value = "libttspico-data",
        file = "/usr/share/pico/lang/es-ES_ta.bin",
        free = false)
@RequiresPackage(value = "espeak-ng", file = "/usr/bin/espeak-ng")
class PicoVoiceTest extends SpokenTest {
    private static final String QUESTION = "¿Dónde está el hospital más cercano?";

    PicoVoiceTest() {
        super(
                VoiceKind.PICO,
                ES,
                List.of(
                        "Hola, ¿dónde está el hospital más cercano?",
                        "Su llamada es la primera en la cola.",
                        "No.",
                        "Gracias por su paciencia.",
                        "Por favor, compruebe el número y marque otra vez."));
    }

    private static ProcessHandle worker() {
        return Processes.ofThisJvm("java").findFirst().orElseThrow();
    }

    private static void kill(ProcessHandle worker) throws Exception {
        worker.destroyForcibly();
        worker.onExit().get();
    }

    /// Speaks on a thread of its own.
    private static CompletableFuture<short[]> speaking(OfflineVoices voices, String text) {
        var sound = new CompletableFuture<short[]>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                sound.complete(speak(voices, text, ES));
                            } catch (Exception failure) {
                                sound.completeExceptionally(failure);
                            }
                        });
        return sound;
    }

    @Test
    void the_same_words_sound_the_same_whatever_was_said_before() throws Exception {
        var voices = open();
        short[] first = speak(voices, QUESTION, ES);
        speak(voices, "Son doce dólares con cincuenta centavos.", ES);
        speak(voices, "Something else entirely", EN);
        assertArrayEquals(first, speak(voices, QUESTION, ES));
    }

    @Test
    void calls_side_by_side_do_not_disturb_each_other() throws Exception {
        var voices = open();
        short[] spanish = speak(voices, QUESTION, ES);
        short[] english = speak(voices, "Where is the nearest hospital?", EN);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<short[]>> asked = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                boolean odd = i % 2 == 1;
                asked.add(
                        threads.submit(
                                () ->
                                        odd
                                                ? speak(
                                                        voices,
                                                        "Where is the nearest hospital?",
                                                        EN)
                                                : speak(voices, QUESTION, ES)));
            }
            for (int i = 0; i < asked.size(); i++) {
                assertArrayEquals(i % 2 == 1 ? english : spanish, asked.get(i).get());
            }
        }
    }

    @Test
    void any_text_is_survived() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var voices = open();
        speak(voices, QUESTION, ES);
        var worker = worker();
        for (int i = 0; i < 60; i++) {
            int[] points = random.ints(random.nextInt(1, 60), 1, 0x3000).toArray();
            String text = new String(points, 0, points.length);
            speak(voices, text, i % 2 == 0 ? EN : ES);
        }
        assertTrue(worker.isAlive(), () -> "it died, with the seed " + seed);
    }

    @Test
    void a_worker_that_is_killed_costs_the_phrase_it_was_at() throws Exception {
        var voices = open();
        speak(voices, QUESTION, ES);
        var speaking = new CountDownLatch(1);
        var killed = new CountDownLatch(1);
        var phrase = new CompletableFuture<Void>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                voices.synthesize(
                                        say("una palabra y otra ".repeat(400), ES),
                                        pcm -> {
                                            speaking.countDown();
                                            awaitQuietly(killed);
                                        });
                                phrase.complete(null);
                            } catch (Exception failure) {
                                phrase.completeExceptionally(failure);
                            }
                        });
        speaking.await();
        kill(worker());
        killed.countDown();
        var failure = assertThrows(ExecutionException.class, phrase::get);
        var lost = assertInstanceOf(SpeechException.class, failure.getCause());
        assertEquals(SpeechException.Kind.PROVIDER_FAULT, lost.kind());
        // What comes next is spoken by the same voice.
        assertTrue(speakOnceThere(voices).length > 8000);
        assertEquals(3, meters.firstAudio(VoiceKind.PICO).count());
        assertEquals(1, meters.worker(VoiceKind.PICO).restarts().count());
    }

    /// Speaks as soon as there is a worker again: on a busy machine it takes longer to start than a phrase
    /// waits.
    private static short[] speakOnceThere(OfflineVoices voices) throws Exception {
        while (true) {
            try {
                return speak(voices, QUESTION, ES);
            } catch (SpeechException notYet) {
                assertEquals(SpeechException.Kind.UNREACHABLE, notYet.kind());
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_phrase_without_sound_when_the_worker_dies_is_spoken_by_the_next_voice()
            throws Exception {
        var voices =
                open(Settings.patient().withVoices(List.of(VoiceKind.PICO, VoiceKind.ESPEAK_NG)));
        speak(voices, QUESTION, ES);
        var worker = worker();
        Processes.stop(worker);
        var sound = speaking(voices, QUESTION);
        kill(worker);
        assertTrue(sound.get().length > 8000);
        assertTrue(speak(voices, QUESTION, ES).length > 8000);
    }

    @Test
    void a_worker_that_hangs_is_replaced() throws Exception {
        var voices =
                open(
                        Settings.answeringWithin(Duration.ofSeconds(5))
                                .withVoices(List.of(VoiceKind.PICO)));
        speak(voices, QUESTION, ES);
        var worker = worker();
        Processes.stop(worker);
        var failure = assertThrows(SpeechException.class, () -> speak(voices, QUESTION, ES));
        assertTrue(failure.kind().worthRetrying(), failure::toString);
        worker.onExit().get();
        assertTrue(speakOnceThere(voices).length > 8000);
    }

    @Test
    void the_operator_is_told_who_speaks() throws Exception {
        var findings = open(Settings.patient()).check();
        assertEquals(
                List.of(Finding.ok("en is spoken by pico"), Finding.ok("es is spoken by pico")),
                findings);
    }

    @Test
    void data_that_pico_does_not_take_are_a_warning_and_another_voice_speaks(@TempDir Path data)
            throws Exception {
        for (var file : PicoLibrary.missing(data)) {
            Files.writeString(file, "no language");
        }
        var voices = open(Settings.pico(data, List.of(VoiceKind.PICO, VoiceKind.ESPEAK_NG)));
        var warnings =
                voices.check().stream()
                        .filter(finding -> finding.kind() == Finding.Kind.WARNING)
                        .toList();
        assertEquals(1, warnings.size());
        assertTrue(warnings.getFirst().message().startsWith("Pico does not take"));
        assertTrue(speak(voices, QUESTION, ES).length > 8000);
        assertEquals(1, meters.firstAudio(VoiceKind.ESPEAK_NG).count());
    }

    @Test
    void closing_ends_the_worker() throws Exception {
        var voices = open();
        speak(voices, QUESTION, ES);
        var worker = worker();
        voices.close();
        worker.onExit().get();
        var failure = assertThrows(SpeechException.class, () -> speak(voices, QUESTION, ES));
        assertEquals(SpeechException.Kind.UNREACHABLE, failure.kind());
    }
}
