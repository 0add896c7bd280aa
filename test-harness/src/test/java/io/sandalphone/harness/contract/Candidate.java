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
/// @param recipes in the order in which they are tried
/// @param resilient false for a single one as it is
record Candidate(List<Recipe> recipes, boolean resilient) {
    Candidate {
        recipes = List.copyOf(recipes);
    }

    /// Each of `recipes` alone, behind resilience, and behind it with `substitute` in reserve.
    static List<Candidate> of(List<Recipe> recipes, Recipe substitute) {
        List<Candidate> candidates = new ArrayList<>();
        for (Recipe recipe : recipes) {
            candidates.add(new Candidate(List.of(recipe), false));
            candidates.add(new Candidate(List.of(recipe), true));
            candidates.add(new Candidate(List.of(recipe, substitute), true));
        }
        return candidates;
    }

    /// Whose words and tariff are to be expected.
    Recipe leader() {
        return recipes.getFirst();
    }

    /// Whether another takes over where the leader fails.
    boolean hasReserve() {
        return recipes.size() > 1;
    }

    /// Leaves the test when the candidate cannot run here.
    void require() {
        recipes.stream()
                .map(Recipe::lacks)
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(Assumptions::abort);
    }

    Engines make() {
        return new Engines(this);
    }

    @Override
    public String toString() {
        return recipes.stream().map(Recipe::label).collect(Collectors.joining(">"))
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
        Section root = Section.root(ConfigTree.merge(defaults, Recipe.yaml(yaml)));
        try {
            return root.finish(ResilienceSettings.read(root));
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(e.problems().toString(), e);
        }
    }

    /// The engines of a candidate. Closing ends them.
    static final class Engines implements AutoCloseable {
        private final List<ProviderEngines> made = new ArrayList<>();
        private final boolean resilient;

        private Engines(Candidate candidate) {
            var meters = new SimpleMeterRegistry();
            resilient = candidate.resilient();
            try {
                candidate.recipes().forEach(recipe -> made.add(recipe.make(meters)));
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        /// Behind resilience that is new with each call, as is that of the others.
        Transcriber transcriber() {
            return port(ProviderEngines::transcriber, Resilience::transcriber);
        }

        Translator translator() {
            return port(ProviderEngines::translator, Resilience::translator);
        }

        Synthesizer synthesizer() {
            return port(ProviderEngines::synthesizer, Resilience::synthesizer);
        }

        /// With the leader's transcriber in reserve where there is resilience.
        DirectInterpreter direct() {
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
