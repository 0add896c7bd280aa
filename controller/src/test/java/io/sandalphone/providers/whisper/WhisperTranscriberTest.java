package io.sandalphone.providers.whisper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Finding;
import io.sandalphone.models.Manifest;
import io.sandalphone.models.ModelFile;
import io.sandalphone.models.ModelFolder;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.testing.Pcm;
import io.sandalphone.testing.Processes;
import io.sandalphone.testing.RequiresModel;
import io.sandalphone.testing.RequiresPackage;
import io.sandalphone.testing.TestModels;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

@RequiresModel("whisper-base")
@RequiresPackage(
        value = "asterisk-core-sounds-en-wav",
        file = "/usr/share/asterisk/sounds/en_US_f_Allison/invalid.wav")
@RequiresPackage(
        value = "asterisk-core-sounds-es-wav",
        file = "/usr/share/asterisk/sounds/es_MX_f_Allison/invalid.wav")
@Timeout(300)
class WhisperTranscriberTest {
    private static final Language EN = new Language("en-US");
    private static final Language ES = new Language("es-MX");
    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds");
    private static final ModelFile MODEL = Manifest.bundled().model("whisper-base");

    private final WhisperMeters meters = WhisperMeters.register(new SimpleMeterRegistry());
    private final List<WhisperTranscriber> opened = new ArrayList<>();

    private WhisperTranscriber start(ModelFolder folder, Duration longestWait, double partials) {
        var transcriber =
                new WhisperTranscriber(
                        new WhisperSettings(
                                folder, MODEL, 2, longestWait, partials, Duration.ofMinutes(2)),
                        meters);
        opened.add(transcriber);
        return transcriber;
    }

    private WhisperTranscriber start() {
        return start(TestModels.folder(), Duration.ofMinutes(2), 0);
    }

    /// With more processor time for utterances that go on than there is.
    private WhisperTranscriber startWithPartials() {
        return start(TestModels.folder(), Duration.ofMinutes(2), 16);
    }

    private static TranscriptionRequest listenTo(Language language) {
        return new TranscriptionRequest(language, EN, List.of(), Usage.UNMETERED);
    }

    @AfterEach
    void close() {
        opened.forEach(WhisperTranscriber::close);
    }

    /// Keeps what it hears.
    private static final class Listener implements TranscriptListener {
        private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

        @Override
        public void onReady() {}

        @Override
        public void onTranscript(TranscriptEvent event) {
            heard.add(event);
        }

        @Override
        public void onFailure(SpeechException failure) {
            heard.add(failure);
        }

        Object next() throws InterruptedException {
            return heard.take();
        }

        String words() throws InterruptedException {
            return plain(assertInstanceOf(TranscriptEvent.Final.class, next()));
        }

        /// The words of the next utterance, whatever was told of them while it went on.
        String finalWords() throws InterruptedException {
            Object next = next();
            while (next instanceof TranscriptEvent.Partial) {
                next = next();
            }
            return plain(assertInstanceOf(TranscriptEvent.Final.class, next));
        }

        static String plain(TranscriptEvent.Final words) {
            return words.text().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}' ]", "");
        }
    }

    private static void say(Transcription transcription, short[] pcm, long position) {
        var frames = Pcm.frames(pcm, position);
        transcription.utteranceStarted(position);
        frames.forEach(transcription::hear);
        transcription.utteranceEnded(frames.getLast().end());
    }

    private static short[] english(String recording) throws IOException {
        return Pcm.read(SOUNDS.resolve("en_US_f_Allison").resolve(recording + ".wav"));
    }

    @Test
    void telephone_voices_are_understood_in_both_languages() throws Exception {
        var transcriber = start();
        var english = new Listener();
        var spanish = new Listener();
        var first = transcriber.open(listenTo(EN), english);
        var second = transcriber.open(listenTo(ES), spanish);
        say(first, english("vm-dialout"), 80_000);
        say(second, Pcm.read(SOUNDS.resolve("es_MX_f_Allison/privacy-incorrect.wav")), 160_000);
        // Shorter than whisper.cpp takes by itself.
        say(first, english("vm-goodbye"), 200_000);
        assertEquals("please wait while i connect your call", english.words());
        assertEquals("goodbye", english.words());
        assertEquals("lo siento ese número no es valido", spanish.words());
        assertEquals(3, meters.recognition().count());
        assertEquals(3, meters.confidence().count());
        assertTrue(meters.confidence().mean() > 0.5, () -> "" + meters.confidence().mean());
        assertTrue(meters.confidence().max() <= 1, () -> "" + meters.confidence().max());
    }

    @Test
    void words_come_while_an_utterance_goes_on() throws Exception {
        var listener = new Listener();
        var transcription = startWithPartials().open(listenTo(EN), listener);
        int partials = 0;
        // Whether there is time to decode an utterance before it ends is up to the machine.
        for (int i = 0; i < 20 && partials == 0; i++) {
            long start = (i + 1) * 80_000L;
            var frames = Pcm.frames(english("vm-dialout"), start);
            transcription.utteranceStarted(start);
            frames.subList(0, 70).forEach(transcription::hear);
            Object next = listener.heard.poll(3, TimeUnit.SECONDS);
            frames.subList(70, frames.size()).forEach(transcription::hear);
            transcription.utteranceEnded(frames.getLast().end());
            String stable = "";
            if (next == null) {
                next = listener.next();
            }
            while (next instanceof TranscriptEvent.Partial partial) {
                partials++;
                assertEquals("", partial.settled());
                assertEquals(start, partial.settledEnd());
                assertTrue(partial.end() <= frames.getLast().end(), () -> "" + partial);
                assertTrue(partial.stable().startsWith(stable), () -> "" + partial);
                stable = partial.stable();
                next = listener.next();
            }
            var words = assertInstanceOf(TranscriptEvent.Final.class, next);
            assertEquals("please wait while i connect your call", Listener.plain(words));
            assertTrue(words.confidence().getAsDouble() > 0.5, () -> "" + words);
        }
        assertTrue(partials > 0, "no words came before the end");
        assertEquals(List.of(), List.copyOf(listener.heard));
    }

    @Test
    void who_goes_on_is_abandoned_for_whom_has_finished() throws Exception {
        var transcriber = startWithPartials();
        var patient = new Listener();
        var listener = new Listener();
        var goesOn = transcriber.open(listenTo(EN), patient);
        var finishes = transcriber.open(listenTo(EN), listener);
        // Whether the decoder is at work on the one when the other ends is up to the machine: the
        // other ends a little later each time.
        for (int i = 0; i < 40 && meters.partialsAbandoned().count() == 0; i++) {
            long position = i * 80_000L;
            var frames = Pcm.frames(english("vm-dialout"), position);
            goesOn.utteranceStarted(position);
            frames.forEach(goesOn::hear);
            patient.heard.poll(10L * i, TimeUnit.MILLISECONDS);
            say(finishes, english("vm-goodbye"), position);
            assertEquals("goodbye", listener.finalWords());
            goesOn.utteranceEnded(frames.getLast().end());
            assertEquals("please wait while i connect your call", patient.finalWords());
        }
        assertTrue(meters.partialsAbandoned().count() > 0, "nothing was abandoned");
    }

    @Test
    void what_is_no_speech_is_nothing() throws Exception {
        var listener = new Listener();
        var transcription = start().open(listenTo(EN), listener);
        var random = new Random(1);
        List<short[]> sounds =
                List.of(
                        new short[16_000],
                        sound(24_000, i -> 1600 * random.nextGaussian()),
                        sound(
                                24_000,
                                i ->
                                        6000 * Math.sin(i * 2 * Math.PI * 440 / 8000)
                                                + 6000 * Math.sin(i * 2 * Math.PI * 480 / 8000)));
        for (short[] pcm : sounds) {
            say(transcription, pcm, 0);
            assertEquals(new TranscriptEvent.Nothing(0, pcm.length), listener.next());
        }
        assertTrue(
                meters.dismissed().values().stream().mapToDouble(each -> each.count()).sum() > 0,
                "Whisper wrote something into them");
    }

    private interface Wave {
        double at(int sample);
    }

    private static short[] sound(int samples, Wave wave) {
        var pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) wave.at(i);
        }
        return pcm;
    }

    @Test
    void a_worker_that_is_killed_costs_one_utterance_and_not_the_transcription() throws Exception {
        var transcriber = start();
        var listener = new Listener();
        var transcription = transcriber.open(listenTo(EN), listener);
        say(transcription, english("one-moment-please"), 0);
        assertEquals("one moment please", listener.words());
        transcription.utteranceStarted(80_000);
        Pcm.frames(new short[1600], 80_000).forEach(transcription::hear);
        for (var worker : Processes.ofThisJvm("java").toList()) {
            worker.destroyForcibly();
            worker.onExit().get();
        }
        transcription.utteranceEnded(81_600);
        assertEquals(new TranscriptEvent.Nothing(80_000, 81_600), listener.next());
        assertEquals(1, meters.utterancesLost().count());
        // Until the next worker is there, utterances are lost; then they are not.
        Object next;
        do {
            say(transcription, english("one-moment-please"), 160_000);
            next = listener.next();
        } while (next instanceof TranscriptEvent.Nothing);
        assertInstanceOf(TranscriptEvent.Final.class, next);
        assertTrue(meters.restarts().count() >= 1);
    }

    @Test
    void what_would_take_too_long_is_for_another_engine() throws Exception {
        var transcriber = start(TestModels.folder(), Duration.ofMillis(1), 0);
        var listener = new Listener();
        say(transcriber.open(listenTo(EN), listener), english("vm-dialout"), 0);
        var failure = assertInstanceOf(SpeechException.class, listener.next());
        assertEquals(SpeechException.Kind.OVERLOADED, failure.kind());
        assertTrue(
                String.valueOf(failure.getMessage()).matches("its words would take [0-9]+ ms.*"),
                failure::getMessage);
        assertEquals(List.of(), List.copyOf(listener.heard));
        assertEquals(1, meters.utterancesRefused().count());
    }

    @Test
    void the_doctor_is_told_how_fast_it_is() throws Exception {
        Finding finding = start().check().getFirst();
        assertFalse(finding.kind() == Finding.Kind.FAULT, finding::message);
        assertTrue(
                finding.message().matches("whisper-base: 2 s of sound take [0-9]+ ms.*"),
                finding::message);
    }

    @Test
    void a_model_with_one_changed_byte_is_not_loaded(@TempDir Path folder) throws Exception {
        var changed = new ModelFolder(folder);
        Path copy = Files.copy(TestModels.file("whisper-base"), changed.place(MODEL));
        try (var file = Files.newByteChannel(copy, StandardOpenOption.WRITE)) {
            file.position(40_000_000).write(ByteBuffer.wrap(new byte[] {99}));
        }
        var transcriber = start(changed, Duration.ofSeconds(4), 0);
        var listener = new Listener();
        transcriber.open(listenTo(EN), listener);
        var failure = assertInstanceOf(SpeechException.class, listener.next());
        assertEquals(SpeechException.Kind.UNREACHABLE, failure.kind());
        assertTrue(
                transcriber
                        .unavailableReason()
                        .orElse("")
                        .startsWith("model whisper-base was changed"),
                () -> transcriber.unavailableReason().orElse(""));
        assertEquals(Finding.Kind.FAULT, transcriber.check().getFirst().kind());
    }

    @Test
    void without_its_model_the_operator_is_told_what_to_do(@TempDir Path empty) throws Exception {
        var transcriber = start(new ModelFolder(empty), Duration.ofSeconds(4), 0);
        assertEquals(
                List.of(
                        Finding.warning(
                                "engines.whisper.model",
                                "model whisper-base is missing: scripts/models get whisper-base"
                                        + " fetches it (82 MB)")),
                transcriber.check());
    }

    @Test
    void a_language_it_does_not_know_is_refused() throws Exception {
        var transcriber = start();
        assertTrue(transcriber.understands(ES));
        var nobodys = new Language("xx");
        assertFalse(transcriber.understands(nobodys));
        var listener = new Listener();
        transcriber.open(listenTo(nobodys), listener);
        var failure = assertInstanceOf(SpeechException.class, listener.next());
        assertEquals(SpeechException.Kind.REQUEST, failure.kind());
    }

    @Test
    void closing_ends_the_worker() throws Exception {
        var transcriber = start();
        transcriber.check();
        var workers = Processes.ofThisJvm("java").toList();
        assertEquals(1, workers.size());
        transcriber.close();
        workers.getFirst().onExit().get();
    }
}
