package io.sandalphone.harness.contract;

import io.sandalphone.harness.lab.Poll;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptionRequest;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Every transcriber there is, the vendor's against its fake by TLS. They rehearse all at the same time, since
/// people speak no faster for a test.
@ParameterizedClass(name = "{0}")
@MethodSource("candidates")
class TranscriberContractTest extends TranscriberContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Of this run of the class: another one has its own, since what was closed serves nobody again.
    private static @Nullable Stage stage;

    /// Who rehearses before whom: the fakes, all candidates, and the rehearsals of those that can run here.
    private record Stage(
            FakedProviders providers,
            List<Candidate> candidates,
            Map<Candidate, Rehearsal> rehearsals)
            implements AutoCloseable {
        static Stage open() {
            FakedProviders providers = FakedProviders.secured();
            return new Stage(providers, all(providers), new HashMap<>());
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

        Rehearsal rehearsal(Candidate candidate) {
            if (rehearsals.isEmpty()) {
                candidates.stream()
                        .filter(
                                each ->
                                        each.setups().stream()
                                                .allMatch(setup -> setup.lacks().isEmpty()))
                        .forEach(each -> rehearsals.put(each, Rehearsal.ofTranscriber(each)));
                rehearsals.values().forEach(Rehearsal::begin);
                rehearsals.values().forEach(Rehearsal::play);
            }
            return Objects.requireNonNull(rehearsals.get(candidate));
        }

        @Override
        public void close() {
            rehearsals.values().forEach(Rehearsal::close);
            providers.close();
        }
    }

    static List<Candidate> candidates() {
        stage = Stage.open();
        return stage.candidates();
    }

    TranscriberContractTest(Candidate candidate) {
        super(candidate);
    }

    @AfterAll
    static void close() {
        Objects.requireNonNull(stage).close();
    }

    @Override
    protected Rehearsal rehearsal() {
        return Objects.requireNonNull(stage).rehearsal(candidate);
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
