package io.sandalphone.harness.contract;

import io.sandalphone.harness.lab.Poll;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptionRequest;

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
    private static final FakedProviders PROVIDERS = FakedProviders.secured();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Map<Candidate, Rehearsal> REHEARSALS = new HashMap<>();

    static List<Candidate> candidates() {
        return CANDIDATES;
    }

    private static final List<Candidate> CANDIDATES = all();

    private static List<Candidate> all() {
        ProviderSetup tone = PROVIDERS.tone();
        List<Candidate> candidates =
                new ArrayList<>(
                        Candidate.of(
                                List.of(
                                        PROVIDERS.assemblyAi(),
                                        PROVIDERS.openAi(),
                                        PROVIDERS.googleHearing(),
                                        FakedProviders.offline()),
                                tone));
        candidates.addAll(Candidate.of(List.of(tone), PROVIDERS.assemblyAi()));
        // It takes every processor, so it is asked once by itself and once behind resilience.
        ProviderSetup whisper = FakedProviders.whisper();
        candidates.add(Candidate.of(whisper));
        candidates.add(new Candidate(List.of(whisper, tone), true));
        return candidates;
    }

    TranscriberContractTest(Candidate candidate) {
        super(candidate);
    }

    @AfterAll
    static void close() {
        REHEARSALS.values().forEach(Rehearsal::close);
        PROVIDERS.close();
    }

    /// All that can run here.
    private static synchronized Map<Candidate, Rehearsal> rehearsals() {
        if (REHEARSALS.isEmpty()) {
            CANDIDATES.stream()
                    .filter(
                            each ->
                                    each.setups().stream()
                                            .allMatch(setup -> setup.lacks().isEmpty()))
                    .forEach(each -> REHEARSALS.put(each, Rehearsal.ofTranscriber(each)));
            REHEARSALS.values().forEach(Rehearsal::begin);
            REHEARSALS.values().forEach(Rehearsal::play);
        }
        return REHEARSALS;
    }

    @Override
    protected Rehearsal rehearsal() {
        return Objects.requireNonNull(rehearsals().get(candidate));
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
