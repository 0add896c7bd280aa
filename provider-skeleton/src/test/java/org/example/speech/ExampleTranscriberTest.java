package org.example.speech;

import io.sandalphone.harness.contract.Candidate;
import io.sandalphone.harness.contract.Rehearsal;
import io.sandalphone.harness.contract.TranscriberContract;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ExampleTranscriberTest extends TranscriberContract {
    private static final FakeService SERVICE = FakeService.start();
    private static final Candidate CANDIDATE = Candidate.of(SERVICE.setup());
    private static final Rehearsal REHEARSAL = Rehearsal.ofTranscriber(CANDIDATE);

    ExampleTranscriberTest() {
        super(CANDIDATE);
    }

    @BeforeAll
    static void play() {
        REHEARSAL.play();
    }

    @AfterAll
    static void close() {
        REHEARSAL.close();
        SERVICE.close();
    }

    @Override
    protected Rehearsal rehearsal() {
        return REHEARSAL;
    }
}
