package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.providers.Talker;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Every direct interpreter there is. They rehearse all at the same time.
@ParameterizedClass(name = "{0}")
@MethodSource("candidates")
class DirectInterpreterContractTest extends DirectInterpreterContract {
    @RegisterExtension
    private static final SharedByClass<RehearsalStage> STAGE =
            new SharedByClass<>(DirectInterpreterContractTest::stage, RehearsalStage::close);

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es");

    private static RehearsalStage stage() {
        var providers = new FakedProviders(FakeOptions.PLAIN);
        return new RehearsalStage(
                providers,
                Candidate.of(List.of(providers.tone()), FakedProviders.toneUnderstudy()),
                Rehearsal::ofInterpreter);
    }

    static List<Candidate> candidates() {
        return STAGE.get().candidates();
    }

    DirectInterpreterContractTest(Candidate candidate) {
        super(candidate);
    }

    @Override
    protected Rehearsal rehearsal() {
        return STAGE.get().rehearsal(candidate);
    }

    private static FakedProviders providers() {
        return STAGE.get().providers();
    }

    private static TranscriptionRequest request(Language from, Language to) {
        return new TranscriptionRequest(from, to, List.of(), Usage.UNMETERED);
    }

    @Test
    void what_sounds_means_what_was_said() {
        for (RehearsedListening.Answer answer : rehearsal().talker().hearing().answers()) {
            List<ToneWord> said = ToneWord.parse(answer.words()).orElseThrow();
            List<ToneWord> meant = said.stream().map(ToneWord::translated).toList();
            assertEquals(meant, ToneDetector.listen(answer.sound().pcm()).words());
            assertEquals(ToneWord.text(meant), answer.translated());
        }
    }

    @ParameterizedTest
    @CsvSource({"en, xx", "xx, es", "en, en", "en, en-GB"})
    void languages_it_does_not_interpret_between_are_refused_at_once(Language from, Language to) {
        DirectInterpreter interpreter = providers().engines(candidate).direct();
        assertFalse(interpreter.interprets(from, to));
        RehearsedListening hearing = RehearsedListening.through(interpreter, request(from, to));
        Poll.until(PATIENCE, hearing::failed, "a refusal");
        var refusal = assertInstanceOf(SpeechException.class, hearing.told().getFirst());
        assertEquals(SpeechException.Kind.REQUEST, refusal.kind());
        assertEquals(List.of(), hearing.breaches());
    }

    @Test
    void a_loss_while_it_speaks_is_told_by_its_kind_and_behind_resilience_ends_that_alone() {
        providers().injectTone("wcc interpreter-breaks-off");
        try {
            RehearsedListening hearing =
                    RehearsedListening.through(
                            providers().engines(candidate).direct(), request(ENGLISH, SPANISH));
            try (var talker = new Talker(hearing, 0)) {
                talker.say(ToneWord.W3, ToneWord.W4);
                talker.say(ToneWord.W1);
                Poll.until(
                        PATIENCE,
                        () -> hearing.failed() || hearing.answers().size() == 2,
                        hearing.told()::toString);
            }
            hearing.close();
            assertEquals(List.of(), hearing.breaches());
            if (candidate.resilient()) {
                assertEquals(List.of("wcc wdd", "waa"), hearing.words());
                assertEquals(
                        List.of(ToneWord.V3),
                        ToneDetector.listen(hearing.answers().getFirst().sound().pcm()).words());
            } else {
                var failure = assertInstanceOf(SpeechException.class, hearing.told().getLast());
                assertEquals(SpeechException.Kind.PROVIDER_FAULT, failure.kind());
                Failures.assertSilentAbout("wcc", failure);
                assertEquals(List.of(), hearing.answers());
            }
        } finally {
            candidate.leader().recover().run();
        }
    }

    @Test
    void closing_while_it_speaks_ends_its_sound() throws Exception {
        DirectInterpreter interpreter = providers().engines(candidate).direct();
        var stopping = new StoppingListener();
        Transcription transcription = interpreter.open(request(ENGLISH, SPANISH), stopping);
        try (var talker = new Talker(transcription, 0)) {
            talker.say(ToneWord.W1, ToneWord.W2, ToneWord.W3);
            assertTrue(stopping.sounds.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
        }
        transcription.close();
        stopping.goOn.countDown();
        // Its engine's thread is at leisure again when another speaker is answered.
        RehearsedListening other =
                RehearsedListening.through(interpreter, request(ENGLISH, SPANISH));
        Poll.until(PATIENCE, () -> !other.told().isEmpty(), "another speaker is attended to");
        other.close();
        assertEquals(List.of("sound"), stopping.told);
    }

    /// Holds the engine at its first piece of sound.
    private static final class StoppingListener implements DirectInterpreter.Listener {
        final CountDownLatch sounds = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void onReady() {}

        @Override
        public void onUtterance(String said, String translated, long start, long end) {}

        @Override
        public void onAudio(short[] pcm) {
            told.add("sound");
            sounds.countDown();
            try {
                boolean _ = goOn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onUtteranceSpoken() {
            told.add("spoken");
        }

        @Override
        public void onUtteranceBroken() {
            told.add("broken off");
        }

        @Override
        public void onNothing(long start, long end) {
            told.add("nothing");
        }

        @Override
        public void onFailure(SpeechException failure) {
            told.add("failure");
        }
    }

    @Test
    void closing_gives_everything_back() {
        rehearsal();
        providers().engines(candidate);
        var before = HeldResources.now();
        try (var engines = candidate.make()) {
            RehearsedListening hearing =
                    RehearsedListening.through(engines.direct(), request(ENGLISH, SPANISH));
            Poll.until(PATIENCE, () -> !hearing.told().isEmpty(), "ready");
            hearing.hear(new AudioFrame(new short[160], AudioFrame.TELEPHONE_RATE, 0));
        }
        before.awaitReturn();
    }
}
