package org.example.speech;

import io.sandalphone.harness.contract.Candidate;
import io.sandalphone.harness.contract.SynthesizerContract;
import io.sandalphone.speech.Synthesizer;

import org.junit.jupiter.api.AfterAll;

class ExampleSynthesizerTest extends SynthesizerContract {
    private static final FakeService SERVICE = FakeService.start();
    private static final Candidate CANDIDATE = Candidate.of(SERVICE.setup());
    private static final Candidate.Engines ENGINES = CANDIDATE.make();

    ExampleSynthesizerTest() {
        super(CANDIDATE);
    }

    @AfterAll
    static void close() {
        ENGINES.close();
        SERVICE.close();
    }

    @Override
    protected Synthesizer synthesizer() {
        return ENGINES.synthesizer();
    }
}
