package org.example.speech;

import io.sandalphone.harness.contract.Candidate;
import io.sandalphone.harness.contract.TranslatorContract;
import io.sandalphone.speech.Translator;

import org.junit.jupiter.api.AfterAll;

class ExampleTranslatorTest extends TranslatorContract {
    private static final FakeService SERVICE = FakeService.start();
    private static final Candidate CANDIDATE = Candidate.of(SERVICE.setup());
    private static final Candidate.Engines ENGINES = CANDIDATE.make();

    ExampleTranslatorTest() {
        super(CANDIDATE);
    }

    @AfterAll
    static void close() {
        ENGINES.close();
        SERVICE.close();
    }

    @Override
    protected Translator translator() {
        return ENGINES.translator();
    }
}
