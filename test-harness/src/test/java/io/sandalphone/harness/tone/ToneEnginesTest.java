package io.sandalphone.harness.tone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Section;
import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

class ToneEnginesTest {
    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es-MX");

    @TempDir Path folder;
    private Path faults;
    private ProviderEngines made;
    private SpeechEngines engines;
    private final Answers answers = new Answers();

    @BeforeEach
    void make_engines_as_a_controller_does() {
        faults = folder.resolve("faults");
        ToneProvider provider =
                ServiceLoader.load(SpeechProvider.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(ToneProvider.class::isInstance)
                        .map(ToneProvider.class::cast)
                        .findFirst()
                        .orElseThrow();
        ObjectNode own =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("word", "200ms")
                        .put("faults", faults.toString());
        made = provider.read(Section.root(own)).get().make(new SimpleMeterRegistry());
        engines =
                new SpeechEngines(
                        made.transcriber().orElseThrow(),
                        made.translator().orElseThrow(),
                        made.synthesizer().orElseThrow(),
                        Optional.empty());
    }

    @AfterEach
    void close_engines() {
        made.close();
    }

    @Test
    void tones_become_words_become_other_words_become_tones() throws Exception {
        say(ENGLISH, ToneWord.W3, ToneWord.W3, ToneWord.W8);
        assertEquals("wcc", text(answers.next()));
        assertEquals("wcc wcc", text(answers.next()));
        assertEquals("wcc wcc whh", text(answers.next()));
        TranscriptEvent last = answers.next();
        assertEquals("wcc wcc whh", text(last));
        assertEquals(TranscriptEvent.Final.class, last.getClass());

        String translated = translate("wcc wcc whh");
        assertEquals("vcc vcc vhh", translated);

        assertEquals(
                List.of(ToneWord.V3, ToneWord.V3, ToneWord.V8),
                ToneDetector.listen(synthesize(translated)).words());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 53, 80, 120, 159})
    void words_are_understood_wherever_the_frames_begin(int shift) throws Exception {
        List<ToneWord> all = ToneWord.of(ENGLISH);
        short[] speech = ToneSpeech.USUAL.withLevel(-30).render(all);
        short[] shifted = new short[speech.length + 160];
        System.arraycopy(speech, 0, shifted, shift, speech.length);
        hear(ENGLISH, shifted);
        assertEquals(ToneWord.text(all), text(answers.finalAnswer()));
    }

    @Test
    void words_of_another_language_are_not_understood() throws Exception {
        say(SPANISH, ToneWord.W1, ToneWord.W2);
        assertEquals(TranscriptEvent.Nothing.class, answers.next().getClass());
    }

    @Test
    void two_words_at_once_are_not_understood() throws Exception {
        short[] pcm = ToneSpeech.USUAL.render(ToneWord.W1);
        short[] other = ToneSpeech.USUAL.render(ToneWord.V5);
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] += other[i];
        }
        hear(ENGLISH, pcm);
        assertEquals(TranscriptEvent.Nothing.class, answers.next().getClass());
    }

    @Test
    void positions_are_those_of_the_frames() throws Exception {
        Transcription transcription = engines.transcriber().open(listenTo(ENGLISH), answers);
        short[] pcm = ToneSpeech.USUAL.render(ToneWord.W1);
        transcription.utteranceStarted(16_000);
        for (AudioFrame frame : frames(pcm, 16_000)) {
            transcription.hear(frame);
        }
        transcription.utteranceEnded(18_560);
        assertEquals(
                new TranscriptEvent.Partial(
                        List.of(new TranscriptEvent.Word("waa", 16_000, 16_480)),
                        "",
                        "",
                        16_000,
                        16_480),
                answers.next());
        assertEquals(
                new TranscriptEvent.Final("waa", 16_000, 18_560, Optional.empty()), answers.next());
    }

    @Test
    void the_second_utterance_holds_none_of_the_first() throws Exception {
        Transcription transcription = engines.transcriber().open(listenTo(ENGLISH), answers);
        for (ToneWord word : List.of(ToneWord.W1, ToneWord.W2)) {
            transcription.utteranceStarted(0);
            frames(ToneSpeech.USUAL.render(word), 0).forEach(transcription::hear);
            transcription.utteranceEnded(2560);
        }
        assertEquals("waa", text(answers.finalAnswer()));
        assertEquals("wbb", text(answers.finalAnswer()));
    }

    @Test
    void only_the_two_tone_languages_are_interpreted() {
        assertTrue(engines.interpret(ENGLISH, SPANISH));
        assertTrue(engines.interpret(SPANISH, ENGLISH));
        assertFalse(engines.interpret(ENGLISH, new Language("en-GB")));
        assertFalse(engines.interpret(ENGLISH, new Language("fr")));
    }

    @Test
    void what_is_not_tone_text_is_refused_without_repeating_it() {
        var failure = assertThrows(SpeechException.class, () -> translate("secret"));
        assertEquals(SpeechException.Kind.REQUEST, failure.kind());
        assertFalse(failure.toString().contains("secret"));
        assertThrows(SpeechException.class, () -> translate("vcc"));
        assertThrows(SpeechException.class, () -> synthesize("secret"));
    }

    @Test
    void a_translator_throws_at_its_word_and_at_no_other() throws Exception {
        Files.writeString(faults, "whh translator-throws\n");
        var failure = assertThrows(SpeechException.class, () -> translate("waa whh"));
        assertEquals(SpeechException.Kind.PROVIDER_FAULT, failure.kind());
        assertEquals("vaa", translate("waa"));
    }

    @Test
    void faults_end_when_their_file_goes() throws Exception {
        Files.writeString(faults, "* translator-throws\n");
        assertThrows(SpeechException.class, () -> translate("waa"));
        Files.delete(faults);
        assertEquals("vaa", translate("waa"));
    }

    @Test
    void a_synthesizer_fails_before_the_first_sound() throws Exception {
        Files.writeString(faults, "vaa synthesizer-throws\n");
        assertThrows(SpeechException.class, () -> synthesize("vaa"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"translator", "synthesizer"})
    void a_hanging_engine_ends_only_by_interrupt(String engine) throws Exception {
        Files.writeString(faults, "* " + engine + "-hangs\n");
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread caller =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        synthesize(translate("waa"));
                                    } catch (InterruptedException _) {
                                        interrupted.countDown();
                                    } catch (SpeechException e) {
                                        throw new AssertionError(e);
                                    }
                                });
        assertFalse(caller.join(Duration.ofMillis(50)));
        caller.interrupt();
        assertTrue(interrupted.await(2, TimeUnit.SECONDS));
    }

    @Test
    void a_transcriber_dies_of_a_word_and_says_nothing_more() throws Exception {
        Files.writeString(faults, "whh transcriber-dies\n");
        say(ENGLISH, ToneWord.W1, ToneWord.W8, ToneWord.W2);
        assertEquals("waa", text(answers.next()));
        assertEquals(SpeechException.Kind.PROVIDER_FAULT, answers.failure().kind());
        say(ENGLISH, ToneWord.W1);
        assertEquals("waa", text(answers.next()), "another speaker is still heard");
    }

    @Test
    void a_fault_nobody_knows_is_refused() throws IOException {
        Files.writeString(faults, "waa translator-sulks\n");
        assertThrows(IllegalArgumentException.class, () -> translate("waa"));
    }

    private void say(Language language, ToneWord... words) {
        hear(language, ToneSpeech.USUAL.render(words));
    }

    private static TranscriptionRequest listenTo(Language language) {
        Language other = language.equals(ENGLISH) ? SPANISH : ENGLISH;
        return new TranscriptionRequest(language, other, List.of(), Usage.UNMETERED);
    }

    private void hear(Language language, short[] pcm) {
        Transcription transcription = engines.transcriber().open(listenTo(language), answers);
        transcription.utteranceStarted(0);
        frames(MuLaw.decode(MuLaw.encode(pcm)), 0).forEach(transcription::hear);
        transcription.utteranceEnded(pcm.length);
    }

    private String translate(String text) throws SpeechException, InterruptedException {
        return engines.translator()
                .translate(
                        new TranslationRequest(text, ENGLISH, SPANISH, List.of(), Usage.UNMETERED));
    }

    private short[] synthesize(String text) throws SpeechException, InterruptedException {
        List<short[]> pieces = new ArrayList<>();
        engines.synthesizer()
                .synthesize(new SynthesisRequest(text, SPANISH, Usage.UNMETERED), pieces::add);
        short[] all = new short[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (short[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }

    private static List<AudioFrame> frames(short[] pcm, long position) {
        List<AudioFrame> frames = new ArrayList<>();
        for (int i = 0; i + 160 <= pcm.length; i += 160) {
            frames.add(new AudioFrame(Arrays.copyOfRange(pcm, i, i + 160), 8000, position + i));
        }
        return frames;
    }

    private static String text(TranscriptEvent event) {
        return switch (event) {
            case TranscriptEvent.Partial partial -> partial.settled();
            case TranscriptEvent.Final last -> last.text();
            case TranscriptEvent.Nothing _ -> "";
        };
    }

    private static final class Answers implements TranscriptListener {
        private final BlockingQueue<TranscriptEvent> events = new LinkedBlockingQueue<>();
        private final BlockingQueue<SpeechException> failures = new LinkedBlockingQueue<>();

        @Override
        public void onReady() {}

        @Override
        public void onTranscript(TranscriptEvent event) {
            events.add(event);
        }

        @Override
        public void onFailure(SpeechException failure) {
            failures.add(failure);
        }

        TranscriptEvent next() throws InterruptedException {
            TranscriptEvent event = events.poll(2, TimeUnit.SECONDS);
            return Objects.requireNonNull(event, "no transcript event within 2 s");
        }

        TranscriptEvent finalAnswer() throws InterruptedException {
            TranscriptEvent event = next();
            while (event instanceof TranscriptEvent.Partial) {
                event = next();
            }
            return event;
        }

        SpeechException failure() throws InterruptedException {
            SpeechException failure = failures.poll(2, TimeUnit.SECONDS);
            return Objects.requireNonNull(failure, "no failure within 2 s");
        }
    }
}
