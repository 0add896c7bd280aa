package io.sandalphone.harness.contract;

import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptionRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Every transcriber there is, the vendor's against its fake by TLS. They rehearse all at the same time, since
/// people speak no faster for a test.
@ParameterizedClass(name = "{0}")
@MethodSource("candidates")
class TranscriberContractTest extends TranscriberContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    private static final SharedByClass<RehearsalStage> STAGE =
            new SharedByClass<>(TranscriberContractTest::stage, RehearsalStage::close);

    private static RehearsalStage stage() {
        FakedProviders providers = FakedProviders.secured();
        return new RehearsalStage(providers, all(providers), Rehearsal::ofTranscriber);
    }

    private static List<Candidate> all(FakedProviders providers) {
        ProviderSetup tone = providers.tone();
        List<Candidate> candidates =
                new ArrayList<>(
                        Candidate.of(
                                List.of(
                                        providers.assemblyAi(),
                                        providers.openAi(),
                                        providers.googleHearing(),
                                        FakedProviders.offline()),
                                tone));
        candidates.addAll(Candidate.of(List.of(tone), providers.assemblyAi()));
        // It takes every processor, so it is asked once by itself and once behind resilience.
        ProviderSetup whisper = FakedProviders.whisper();
        candidates.add(Candidate.of(whisper));
        candidates.add(new Candidate(List.of(whisper, tone), true));
        return candidates;
    }

    static List<Candidate> candidates() {
        return STAGE.get().candidates();
    }

    TranscriberContractTest(Candidate candidate) {
        super(candidate);
    }

    @Override
    protected Rehearsal rehearsal() {
        return STAGE.get().rehearsal(candidate);
    }

    @Test
    void closing_gives_everything_back() {
        rehearsal();
        var before = HeldResources.now();
        try (var engines = candidate.make()) {
            var hearing =
                    RehearsedListening.through(
                            engines.transcriber(),
                            new TranscriptionRequest(
                                    new Language("en"),
                                    new Language("es"),
                                    List.of(),
                                    new RecordedUsage()));
            Poll.until(PATIENCE, () -> !hearing.told().isEmpty(), "ready");
            hearing.hear(new AudioFrame(new short[160], AudioFrame.TELEPHONE_RATE, 0));
        }
        before.awaitReturn();
    }
}
