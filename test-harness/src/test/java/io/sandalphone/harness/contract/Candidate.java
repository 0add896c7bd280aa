package io.sandalphone.harness.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.resilience.Resilience;
import io.sandalphone.speech.resilience.ResilienceSettings;

import org.junit.jupiter.api.Assumptions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is held to a contract: a provider's engines alone, or those of one or more behind
/// [Resilience].
///
/// @param setups in the order in which they are tried
/// @param resilient false for a single one as it is
public record Candidate(List<ProviderSetup> setups, boolean resilient) {
    public Candidate {
        setups = List.copyOf(setups);
    }

    /// One provider's engines as they are.
    public static Candidate of(ProviderSetup setup) {
        return new Candidate(List.of(setup), false);
    }

    /// Each of `setups` alone, behind resilience, and behind it with `substitute` in reserve.
    public static List<Candidate> of(List<ProviderSetup> setups, ProviderSetup substitute) {
        List<Candidate> candidates = new ArrayList<>();
        for (ProviderSetup setup : setups) {
            candidates.add(new Candidate(List.of(setup), false));
            candidates.add(new Candidate(List.of(setup), true));
            candidates.add(new Candidate(List.of(setup, substitute), true));
        }
        return candidates;
    }

    /// Whose words and tariff are to be expected.
    public ProviderSetup leader() {
        return setups.getFirst();
    }

    /// Whether another takes over where the leader fails.
    public boolean hasReserve() {
        return setups.size() > 1;
    }

    /// Leaves the test when the candidate cannot run here.
    void require() {
        setups.stream()
                .map(ProviderSetup::lacks)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(Assumptions::abort);
    }

    public Engines make() {
        return new Engines(this);
    }

    @Override
    public String toString() {
        return setups.stream().map(ProviderSetup::label).collect(Collectors.joining(">"))
                + (resilient ? " (resilient)" : "");
    }

    /// What a busy machine may take is no failure.
    private static final ResilienceSettings PATIENT =
            patient(
                    """
                    translation: {timeout: 60s}
                    synthesis: {first-audio-timeout: 60s, stall-timeout: 60s}
                    transcription: {ready-timeout: 60s}
                    direct: {ready-timeout: 60s, answer-timeout: 60s, stall-timeout: 60s}
                    """);

    private static ResilienceSettings patient(String yaml) {
        var defaults = (ObjectNode) ConfigTree.defaults().at("/speech/resilience");
        Section root = Section.root(ConfigTree.merge(defaults, ProviderSetup.yaml(yaml)));
        try {
            return root.finish(ResilienceSettings.read(root));
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e.problems().toString(), e);
        }
    }

    /// The engines of a candidate. Closing ends them.
    public static final class Engines implements AutoCloseable {
        private final List<ProviderEngines> made = new ArrayList<>();
        private final boolean resilient;

        private Engines(Candidate candidate) {
            var meters = new SimpleMeterRegistry();
            resilient = candidate.resilient();
            try {
                candidate.setups().forEach(setup -> made.add(setup.make(meters)));
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        /// Behind resilience that is new with each call, as is that of the others.
        public Transcriber transcriber() {
            return port(ProviderEngines::transcriber, Resilience::transcriber);
        }

        public Translator translator() {
            return port(ProviderEngines::translator, Resilience::translator);
        }

        public Synthesizer synthesizer() {
            return port(ProviderEngines::synthesizer, Resilience::synthesizer);
        }

        /// With the leader's transcriber in reserve where there is resilience.
        public DirectInterpreter direct() {
            return port(
                    ProviderEngines::direct,
                    (resilience, ports) ->
                            resilience.interpreter(
                                    ports, made.getFirst().transcriber().orElseThrow()));
        }

        private <P> P port(
                Function<ProviderEngines, Optional<P>> port,
                BiFunction<Resilience, List<P>, P> wrap) {
            List<P> ports = made.stream().map(port).map(Optional::orElseThrow).toList();
            return resilient ? wrap.apply(resilience(), ports) : ports.getFirst();
        }

        /// One that has seen no failures yet.
        private static Resilience resilience() {
            return new Resilience(PATIENT, new SimpleMeterRegistry());
        }

        @Override
        public void close() {
            made.forEach(ProviderEngines::close);
        }
    }
}
