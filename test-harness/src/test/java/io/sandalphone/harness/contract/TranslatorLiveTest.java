package io.sandalphone.harness.contract;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.speech.Translator;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/// The vendors' real services under the contract. Costs less than a cent.
@ParameterizedClass(name = "{0}")
@MethodSource("candidates")
class TranslatorLiveTest extends TranslatorContract {
    private static final FakedProviders PROVIDERS = new FakedProviders(FakeOptions.PLAIN);

    static List<Candidate> candidates() {
        return List.of(LiveServices.googleBasic(), LiveServices.googleAdvanced());
    }

    TranslatorLiveTest(Candidate candidate) {
        super(candidate);
    }

    @AfterAll
    static void close() {
        PROVIDERS.close();
    }

    @Override
    protected Translator translator() {
        return PROVIDERS.engines(candidate).translator();
    }
}
