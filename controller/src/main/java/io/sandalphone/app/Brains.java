package io.sandalphone.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.agent.Agent;
import io.sandalphone.agent.AgentDependencies;
import io.sandalphone.agent.Agents;
import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainProvider;
import io.sandalphone.call.Person;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechPort;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.speech.resilience.Resilience;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;

/// What agents think with. Each brain that one of them names is made once. Closing ends them all.
final class Brains implements AutoCloseable {
    private final AgentsSettings settings;
    private final Resilience resilience;
    private final Map<String, Brain> made = new LinkedHashMap<>();

    Brains(AgentsSettings settings, Resilience resilience, MeterRegistry meters) {
        this.settings = settings;
        this.resilience = resilience;
        try {
            settings.makers().forEach((name, maker) -> made.put(name, maker.make(meters)));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// The providers there are.
    static List<BrainProvider> providers() {
        return ServiceLoader.load(BrainProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(BrainProvider::name))
                .toList();
    }

    /// Every brain that is asked for, by what it is used for and by its name: `brain openai`.
    Map<String, SpeechPort> byUse() {
        Map<String, SpeechPort> byUse = new LinkedHashMap<>();
        made.forEach((name, brain) -> byUse.put("brain " + name, brain));
        return byUse;
    }

    /// The agents that settings ask for.
    ///
    /// @throws ConfigurationException when one is to speak a language in which nobody hears, answers or speaks, or with a voice that
    ///     an engine has not, or puts callers through to somebody between whom and them `engines` cannot interpret
    Agents agents(AgentDependencies dependencies, SpeechEngines engines)
            throws ConfigurationException {
        Map<String, Agent> agents = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        // Agents that think with the same are met with the same breakers.
        Map<List<String>, Brain> brains = new HashMap<>();
        settings.agents()
                .forEach(
                        (name, agent) -> {
                            Brain brain = brains.computeIfAbsent(agent.brains(), this::brain);
                            var ready = new Agent(agent, brain, dependencies);
                            agents.put(name, ready);
                            List<String> lacking = ready.lacking();
                            if (!lacking.isEmpty()) {
                                problems.add(
                                        new Problem(
                                                "agents." + name + ".language",
                                                agent.language().tag(),
                                                "a language that one of the engines "
                                                        + String.join(" and one ", lacking)));
                            } else {
                                ready.voiceMistakes()
                                        .forEach(mistake -> problems.add(voice(name, mistake)));
                            }
                        });
        settings.people()
                .forEach(
                        (name, people) ->
                                TransferLanguages.strangers(language(name), people, engines)
                                        .forEach(person -> problems.add(strange(name, person))));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new Agents(agents);
    }

    private static Problem voice(String agent, VoiceChoice.Mistake mistake) {
        return new Problem(
                mistake.under("agents." + agent + ".voice"), mistake.voice(), mistake.expected());
    }

    /// What is wrong with somebody of another language than the agent's.
    private static Problem strange(String agent, Person person) {
        return new Problem(
                "agents.%s.transfer.to.%s.language".formatted(agent, person.name()),
                person.language().map(Language::tag).orElse(""),
                "a language between which and the agent's the engines interpret both ways");
    }

    private Language language(String agent) {
        return Objects.requireNonNull(settings.agents().get(agent)).language();
    }

    private Brain brain(List<String> names) {
        return resilience.brain(
                names.stream().map(name -> Objects.requireNonNull(made.get(name))).toList());
    }

    @Override
    public void close() {
        made.values().forEach(Brain::close);
    }
}
