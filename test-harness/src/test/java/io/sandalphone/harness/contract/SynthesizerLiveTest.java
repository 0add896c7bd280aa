package io.sandalphone.harness.contract;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.speech.Synthesizer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/// The vendors' real services under the contract. Costs less than a cent.
@ParameterizedClass(name = "{0}")
@MethodSource("candidates")
class SynthesizerLiveTest extends SynthesizerContract {
    @RegisterExtension
    private static final SharedByClass<FakedProviders> PROVIDERS =
            new SharedByClass<>(() -> new FakedProviders(FakeOptions.PLAIN), FakedProviders::close);

    static List<Candidate> candidates() {
        return List.of(LiveServices.polly());
    }

    SynthesizerLiveTest(Candidate candidate) {
        super(candidate);
    }

    @Override
    protected Synthesizer synthesizer() {
        return PROVIDERS.get().engines(candidate).synthesizer();
    }
}
