package io.sandalphone.harness.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/// The vendor's real service under the contract: four sessions of some ten seconds, which cost less
/// than a cent.
@ParameterizedClass(name = "{0}")
@MethodSource("candidates")
class TranscriberLiveTest extends TranscriberContract {
    private static @Nullable Rehearsal rehearsal;

    static List<Candidate> candidates() {
        return List.of(LiveServices.assemblyAi());
    }

    TranscriberLiveTest(Candidate candidate) {
        super(candidate);
    }

    @AfterAll
    static void close() {
        Rehearsal there = rehearsal;
        if (there != null) {
            there.close();
        }
    }

    @Override
    protected Rehearsal rehearsal() {
        Rehearsal there = rehearsal;
        if (there == null) {
            there = Rehearsal.ofTranscriber(candidate);
            there.play();
            rehearsal = there;
        }
        return there;
    }
}
