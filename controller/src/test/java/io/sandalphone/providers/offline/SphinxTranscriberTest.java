package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.testing.Pcm;
import io.sandalphone.testing.Processes;
import io.sandalphone.testing.RequiresPackage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

@RequiresPackage(value = "pocketsphinx", file = "/usr/bin/pocketsphinx_mdef_convert")
@RequiresPackage(
        value = "pocketsphinx-en-us",
        file = "/usr/share/pocketsphinx/model/en-us/en-us.lm.bin")
@RequiresPackage(
        value = "asterisk-core-sounds-en-wav",
        file = "/usr/share/asterisk/sounds/en_US_f_Allison/invalid.wav")
@Timeout(120)
class SphinxTranscriberTest {
    private static final Language EN = new Language("en-US");
    private static final Path SOUNDS = Path.of("/usr/share/asterisk/sounds/en_US_f_Allison");

    private final OfflineMeters meters = OfflineMeters.register(new SimpleMeterRegistry());
    private final List<SphinxTranscriber> opened = new ArrayList<>();

    private SphinxTranscriber start(OfflineSettings settings) {
        var transcriber = new SphinxTranscriber(settings, meters);
        opened.add(transcriber);
        return transcriber;
    }

    private static TranscriptionRequest listenTo(Language language) {
        return new TranscriptionRequest(language, new Language("es"), List.of(), Usage.UNMETERED);
    }

    private SphinxTranscriber start() {
        return start(Settings.patient());
    }

    @AfterEach
    void close() {
        opened.forEach(SphinxTranscriber::close);
    }

    /// Keeps what it hears.
    private static final class Listener implements TranscriptListener {
        private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        private final BlockingQueue<TranscriptEvent.Partial> partials = new LinkedBlockingQueue<>();

        @Override
        public void onReady() {}

        @Override
        public void onTranscript(TranscriptEvent event) {
            if (event instanceof TranscriptEvent.Partial partial) {
                partials.add(partial);
            } else {
                heard.add(event);
            }
        }

        @Override
        public void onFailure(SpeechException failure) {
            heard.add(failure);
        }

        Object next() throws InterruptedException {
            return heard.take();
        }

        String words() throws InterruptedException {
            return assertInstanceOf(TranscriptEvent.Final.class, next()).text();
        }
    }

    /// Says one recording; answers where it ended.
    private static long say(Transcription transcription, String recording, long position)
            throws IOException {
        var frames = Pcm.frames(Pcm.read(SOUNDS.resolve(recording + ".wav")), position);
        transcription.utteranceStarted(position);
        frames.forEach(transcription::hear);
        long end = frames.getLast().end();
        transcription.utteranceEnded(end);
        return end;
    }

    @Test
    void what_it_listened_to_is_told_as_it_goes_by() throws Exception {
        var listened = new AtomicLong();
        var times = new AtomicInteger();
        Usage usage =
                new Usage() {
                    @Override
                    public void listened(String tariff, Duration time) {
                        assertEquals("offline", tariff);
                        listened.addAndGet(time.toMillis());
                        times.incrementAndGet();
                    }

                    @Override
                    public void translated(String tariff, int characters) {}

                    @Override
                    public void spoken(String tariff, int characters) {}
                };
        var request = new TranscriptionRequest(EN, new Language("es"), List.of(), usage);
        var transcription = start().open(request, new Listener());
        long end = say(transcription, "vm-dialout", 0);
        assertEquals(end / 8, listened.get());
        assertTrue(times.get() > 1, "told every second");
        transcription.utteranceStarted(end);
        transcription.hear(Pcm.frames(new short[160], end).getFirst());
        transcription.close();
        assertEquals(end / 8 + 20, listened.get());
    }

    /// Says one recording from the beginning of the call on, and pauses. Answers where its last word ended, once it is concluded.
    private static long sayAndPause(Transcription transcription, Listener listener)
            throws Exception {
        List<AudioFrame> frames = Pcm.frames(Pcm.read(SOUNDS.resolve("vm-dialout.wav")), 0);
        transcription.utteranceStarted(0);
        frames.forEach(transcription::hear);
        long end = frames.getLast().end();
        List<AudioFrame> silence = Pcm.frames(new short[160 * 7], end);
        silence.subList(0, 5).forEach(transcription::hear);
        transcription.utterancePaused(end);
        silence.subList(5, 7).forEach(transcription::hear);
        TranscriptEvent.Partial partial = listener.partials.take();
        while (partial.end() < end + 640) {
            partial = listener.partials.take();
        }
        assertEquals("please wait while i connect your call", partial.tentative());
        return end;
    }

    @Test
    void what_is_known_in_the_pause_that_ends_an_utterance_is_its_answer() throws Exception {
        var listener = new Listener();
        var transcription = start().open(listenTo(EN), listener);
        transcription.utteranceEnded(sayAndPause(transcription, listener));
        assertEquals("please wait while i connect your call", listener.words());
        assertEquals(1, meters.utterancesEarly().count());
        assertEquals(0, meters.utterancesReopened().count());
    }

    @Test
    void who_goes_on_after_a_pause_is_understood_from_the_beginning() throws Exception {
        var listener = new Listener();
        var transcription = start().open(listenTo(EN), listener);
        long paused = sayAndPause(transcription, listener) + 160 * 7;
        List<AudioFrame> more =
                Pcm.frames(Pcm.read(SOUNDS.resolve("privacy-incorrect.wav")), paused);
        more.forEach(transcription::hear);
        transcription.utteranceEnded(more.getLast().end());
        String words = listener.words();
        assertTrue(words.contains("connect your call"), words);
        assertTrue(words.endsWith("number is not valid"), words);
        assertEquals(0, meters.utterancesEarly().count());
        assertEquals(1, meters.utterancesReopened().count());
    }

    @Test
    void a_telephone_voice_is_understood() throws Exception {
        var listener = new Listener();
        var transcription = start().open(listenTo(EN), listener);
        long first = say(transcription, "vm-dialout", 80_000);
        long second = say(transcription, "privacy-incorrect", 200_000);
        assertEquals(
                new TranscriptEvent.Final(
                        "please wait while i connect your call", 80_000, first, Optional.empty()),
                listener.next());
        assertEquals(
                new TranscriptEvent.Final(
                        "i'm sorry that number is not valid", 200_000, second, Optional.empty()),
                listener.next());
        assertEquals(2, meters.recognition().count());
    }

    @Test
    void words_show_before_the_sentence_ends() throws Exception {
        var listener = new Listener();
        var transcription = start().open(listenTo(EN), listener);
        transcription.utteranceStarted(16_000);
        Pcm.frames(Pcm.read(SOUNDS.resolve("vm-dialout.wav")), 16_000).stream()
                .limit(75)
                .forEach(transcription::hear);
        var partial = listener.partials.take();
        assertTrue(partial.tentative().contains("connect"), partial::tentative);
        assertEquals(16_000, partial.start());
        assertEquals(16_000 + 75 * 160, partial.end());
        assertTrue(listener.heard.isEmpty());
    }

    @Test
    void silence_is_nothing() throws Exception {
        var listener = new Listener();
        var transcription = start().open(listenTo(EN), listener);
        transcription.utteranceStarted(0);
        Pcm.frames(new short[8000], 0).forEach(transcription::hear);
        transcription.utteranceEnded(8000);
        assertEquals(new TranscriptEvent.Nothing(0, 8000), listener.next());
    }

    @Test
    void more_speakers_than_decoders_are_all_understood() throws Exception {
        var transcriber = start(Settings.decoders(2));
        var listeners = new ArrayList<Listener>();
        for (int i = 0; i < 5; i++) {
            var listener = new Listener();
            listeners.add(listener);
            say(transcriber.open(listenTo(EN), listener), "vm-dialout", 0);
        }
        for (var listener : listeners) {
            assertEquals("please wait while i connect your call", listener.words());
        }
    }

    @Test
    void a_worker_that_dies_costs_an_utterance_and_not_the_transcription() throws Exception {
        var listener = new Listener();
        var transcription = start().open(listenTo(EN), listener);
        say(transcription, "vm-dialout", 0);
        listener.words();
        transcription.utteranceStarted(80_000);
        Pcm.frames(new short[1600], 80_000).forEach(transcription::hear);
        killWorker();
        transcription.utteranceEnded(81_600);
        assertEquals(new TranscriptEvent.Nothing(80_000, 81_600), listener.next());
        assertEquals(1, meters.utterancesLost().count());
        // Until the next worker is there, utterances are lost; then they are not.
        Object next;
        do {
            say(transcription, "vm-dialout", 160_000);
            next = listener.next();
        } while (next instanceof TranscriptEvent.Nothing);
        assertInstanceOf(TranscriptEvent.Final.class, next);
        assertTrue(meters.recognizerRestarts().count() >= 1);
    }

    private static void killWorker() throws Exception {
        for (var worker : Processes.ofThisJvm("java").toList()) {
            worker.destroyForcibly();
            worker.onExit().get();
        }
    }

    @Test
    void a_worker_that_hangs_is_replaced() throws Exception {
        var listener = new Listener();
        var transcription =
                start(Settings.recognizingWithin(Duration.ofSeconds(5)))
                        .open(listenTo(EN), listener);
        understood(transcription, 0, listener);
        for (var worker : Processes.ofThisJvm("java").toList()) {
            Processes.stop(worker);
        }
        say(transcription, "one-moment-please", 80_000);
        assertInstanceOf(TranscriptEvent.Nothing.class, listener.next());
        understood(transcription, 160_000, listener);
    }

    /// Says a phrase until it is understood: a busy machine may not know it within the time there is for it.
    private static void understood(Transcription transcription, long position, Listener listener)
            throws Exception {
        Object next;
        do {
            say(transcription, "one-moment-please", position);
            next = listener.next();
        } while (next instanceof TranscriptEvent.Nothing);
        assertInstanceOf(TranscriptEvent.Final.class, next);
    }

    @Test
    void without_a_model_transcriptions_fail_and_the_operator_is_told(@TempDir Path empty)
            throws Exception {
        var transcriber = start(Settings.model(empty));
        var listener = new Listener();
        transcriber.open(listenTo(EN), listener);
        var failure = assertInstanceOf(SpeechException.class, listener.next());
        assertEquals(SpeechException.Kind.UNREACHABLE, failure.kind());
        assertTrue(
                transcriber
                        .unavailableReason()
                        .orElseThrow()
                        .endsWith("install package pocketsphinx-en-us"));
    }

    @Test
    void spanish_is_not_understood_and_says_so() throws Exception {
        var transcriber = start();
        var spanish = new Language("es");
        assertFalse(transcriber.understands(spanish));
        var listener = new Listener();
        transcriber.open(listenTo(spanish), listener);
        var failure = assertInstanceOf(SpeechException.class, listener.next());
        assertEquals(SpeechException.Kind.REQUEST, failure.kind());
    }

    @Test
    void a_closed_transcription_is_silent_and_the_others_go_on() throws Exception {
        var transcriber = start(Settings.decoders(1));
        var quiet = new Listener();
        var other = new Listener();
        var closing = transcriber.open(listenTo(EN), quiet);
        var staying = transcriber.open(listenTo(EN), other);
        Pcm.frames(new short[16_000], 0).forEach(closing::hear);
        say(staying, "vm-dialout", 0);
        closing.close();
        assertEquals("please wait while i connect your call", other.words());
        assertTrue(quiet.heard.isEmpty());
    }

    @Test
    void closing_ends_the_worker() throws Exception {
        var transcriber = start();
        var listener = new Listener();
        say(transcriber.open(listenTo(EN), listener), "vm-dialout", 0);
        listener.words();
        var workers = Processes.ofThisJvm("java").toList();
        assertEquals(1, workers.size());
        transcriber.close();
        workers.getFirst().onExit().get();
    }
}
