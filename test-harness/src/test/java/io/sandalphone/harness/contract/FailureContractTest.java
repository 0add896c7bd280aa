package io.sandalphone.harness.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.harness.fakes.Fake;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.providers.Talker;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Usage;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The same fault of a service is a failure of the same kind, whichever port it strikes, and never
/// tells what was said; with another provider in reserve it is none.
class FailureContractTest {
    @RegisterExtension
    private static final SharedByClass<FakedProviders> PROVIDERS =
            new SharedByClass<>(() -> new FakedProviders(FakeOptions.PLAIN), FakedProviders::close);

    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es");

    private static final Map<Fault, Kind> KINDS =
            Map.of(
                    Fault.UNAUTHORIZED, Kind.CREDENTIALS,
                    Fault.FORBIDDEN, Kind.CREDENTIALS,
                    Fault.RATE_LIMITED, Kind.OVERLOADED,
                    Fault.THROTTLED, Kind.OVERLOADED,
                    Fault.SERVER_ERROR, Kind.PROVIDER_FAULT,
                    Fault.CUT, Kind.UNREACHABLE,
                    Fault.STALL, Kind.TIMEOUT);

    /// Asks one port of a candidate for something; ends when it was done.
    @FunctionalInterface
    interface Use {
        void of(Candidate.Engines engines) throws Exception;
    }

    static Stream<Arguments> faults() {
        String impatient = "{attempt-timeout: 700ms, timeout: 1s}";
        return Stream.of(
                        cases(
                                PROVIDERS.get().assemblyAi(),
                                "{connect-timeout: 700ms}",
                                FailureContractTest::listen),
                        cases(
                                PROVIDERS.get().googleBasic(),
                                impatient,
                                FailureContractTest::translate),
                        cases(
                                PROVIDERS.get().googleAdvanced(),
                                impatient,
                                FailureContractTest::translate),
                        cases(
                                PROVIDERS.get().polly(),
                                "{first-audio-timeout: 700ms, next-audio-timeout: 700ms}",
                                FailureContractTest::speak),
                        // It is cut off when its sound has begun, which no other one begins again.
                        cases(
                                        PROVIDERS.get().openAi(),
                                        "{timeout: 700ms}",
                                        FailureContractTest::speak)
                                .filter(each -> !cutWithReserve(each)),
                        cases(
                                PROVIDERS.get().piper(),
                                "{timeout: 700ms}",
                                FailureContractTest::speak),
                        cases(
                                PROVIDERS.get().googleSpeaking(),
                                "{speaking: {timeout: 700ms}}",
                                FailureContractTest::speak),
                        // Alone behind resilience an utterance that stays unanswered is given up.
                        cases(
                                        PROVIDERS.get().openAi(),
                                        "{timeout: 700ms}",
                                        FailureContractTest::hear)
                                .filter(FailureContractTest::bareOrWithReserve),
                        cases(
                                        PROVIDERS.get().googleHearing(),
                                        "{hearing: {timeout: 700ms}}",
                                        FailureContractTest::hear)
                                .filter(FailureContractTest::bareOrWithReserve))
                .flatMap(each -> each);
    }

    private static boolean cutWithReserve(Arguments arguments) {
        return arguments.get()[1] == Fault.CUT && ((Candidate) arguments.get()[0]).hasReserve();
    }

    private static boolean bareOrWithReserve(Arguments arguments) {
        var candidate = (Candidate) arguments.get()[0];
        return !candidate.resilient() || candidate.hasReserve();
    }

    /// Each fault of what `setup` makes; with the settings `impatient` where it is nothing that comes.
    private static Stream<Arguments> cases(ProviderSetup setup, String impatient, Use use) {
        Fake fake = setup.fake().orElseThrow();
        List<Arguments> cases = new ArrayList<>();
        KINDS.forEach(
                (fault, kind) -> {
                    if (fake.faults().contains(fault)) {
                        boolean waits = kind == Kind.TIMEOUT;
                        ProviderSetup made = waits ? setup.with(setup.label(), impatient) : setup;
                        Candidate.of(List.of(made), PROVIDERS.get().tone())
                                .forEach(each -> cases.add(Arguments.of(each, fault, kind, use)));
                    }
                });
        return cases.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("faults")
    void a_fault_is_told_by_its_kind_and_without_what_was_said(
            Candidate candidate, Fault fault, Kind kind, Use use) throws Exception {
        Fake fake = candidate.leader().fake().orElseThrow();
        fake.inject(fault);
        try {
            Candidate.Engines engines = PROVIDERS.get().engines(candidate);
            if (candidate.hasReserve()) {
                use.of(engines);
            } else {
                var failure = assertThrows(SpeechException.class, () -> use.of(engines));
                assertEquals(kind, failure.kind(), failure::toString);
                Failures.assertSilentAbout("wcc", failure);
                Failures.assertSilentAbout("vcc", failure);
            }
        } finally {
            fake.recover();
        }
    }

    private static void translate(Candidate.Engines engines) throws Exception {
        var request =
                new TranslationRequest("wcc wee", ENGLISH, SPANISH, List.of(), Usage.UNMETERED);
        assertEquals("vcc vee", engines.translator().translate(request));
    }

    private static void speak(Candidate.Engines engines) throws Exception {
        engines.synthesizer()
                .synthesize(new SynthesisRequest("vcc vee", SPANISH, Usage.UNMETERED), new Sound());
    }

    /// Opens a transcription and waits until it listens, or is lost.
    private static void listen(Candidate.Engines engines) throws Exception {
        listen(engines, true);
    }

    /// Opens a transcription and waits until it has words, or is lost: one that is sent whole utterances listens without asking
    /// anybody.
    private static void hear(Candidate.Engines engines) throws Exception {
        listen(engines, false);
    }

    private static void listen(Candidate.Engines engines, boolean readyIsEnough) throws Exception {
        var ready = new CompletableFuture<Boolean>();
        var listener =
                new TranscriptListener() {
                    @Override
                    public void onReady() {
                        if (readyIsEnough) {
                            ready.complete(true);
                        }
                    }

                    @Override
                    public void onTranscript(TranscriptEvent event) {
                        if (event instanceof TranscriptEvent.Final) {
                            ready.complete(true);
                        }
                    }

                    @Override
                    public void onFailure(SpeechException failure) {
                        ready.completeExceptionally(failure);
                    }
                };
        var request = new TranscriptionRequest(ENGLISH, SPANISH, List.of(), Usage.UNMETERED);
        try (var transcription = engines.transcriber().open(request, listener);
                // Who listens needs to be spoken to: some find out only then.
                var talker = new Talker(transcription, 0)) {
            talker.say(ToneWord.W1, ToneWord.W3);
            ready.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }
}
