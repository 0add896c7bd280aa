package io.sandalphone.agent;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.brain.Toolbox;
import io.sandalphone.media.vad.VoiceDetector;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.speech.input.Detectors;
import io.sandalphone.speech.input.LevelMeters;
import io.sandalphone.speech.segment.UtteranceMeters;
import io.sandalphone.speech.segment.UtteranceSettings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// How the agent `desk` of a test talks: English, without a greeting, with `echo-words`, and nobody it may put callers through to,
/// where the test says nothing else.
public final class AgentBuilder {
    private Language language = new Language("en");
    private Optional<String> greeting = Optional.empty();
    private String systemPrompt = "";
    private VoiceChoice voices = VoiceChoice.USUAL;
    private boolean fillers;
    private Duration longestTurn = Duration.ofMinutes(1);
    private Duration longestCall = Duration.ofMinutes(30);
    private Abilities abilities = Abilities.USUAL;
    private CallerRules callers = CallerRules.NONE;
    private TransferChoice transfer = TransferChoice.NONE;

    public AgentBuilder language(String tag) {
        language = new Language(tag);
        return this;
    }

    public AgentBuilder greeting(String text) {
        greeting = Optional.of(text);
        return this;
    }

    public AgentBuilder systemPrompt(String text) {
        systemPrompt = text;
        return this;
    }

    public AgentBuilder voices(VoiceChoice choice) {
        voices = choice;
        return this;
    }

    public AgentBuilder fillers(boolean said) {
        fillers = said;
        return this;
    }

    public AgentBuilder longestTurn(Duration longest) {
        longestTurn = longest;
        return this;
    }

    public AgentBuilder longestCall(Duration longest) {
        longestCall = longest;
        return this;
    }

    public AgentBuilder abilities(Abilities has) {
        abilities = has;
        return this;
    }

    public AgentBuilder callers(CallerRules rules) {
        callers = rules;
        return this;
    }

    public AgentBuilder transfer(TransferChoice choice) {
        transfer = choice;
        return this;
    }

    public AgentSettings settings() {
        return new AgentSettings(
                "desk",
                language,
                greeting,
                List.of("echo-words"),
                systemPrompt,
                Optional.empty(),
                voices,
                Duration.ofSeconds(1),
                fillers,
                longestTurn,
                longestCall,
                abilities,
                callers,
                CallContext.USUAL,
                Map.of(),
                transfer);
    }

    /// What an agent without tools works with; a fault on the way fails the test.
    public static AgentDependencies dependencies(
            Transcriber ears,
            Synthesizer voice,
            Supplier<VoiceDetector> detectors,
            MeterRegistry registry) {
        return dependencies(ears, voice, detectors, (_, _) -> () -> Toolbox.NONE, registry);
    }

    /// The same of one with these tools.
    public static AgentDependencies dependencies(
            Transcriber ears,
            Synthesizer voice,
            Supplier<VoiceDetector> detectors,
            AgentTools tools,
            MeterRegistry registry) {
        return new AgentDependencies(
                ears,
                voice,
                new Detectors(
                        detectors,
                        UtteranceSettings.TELEPHONE,
                        UtteranceMeters.register(registry),
                        LevelMeters.register(registry),
                        _ -> Optional.empty()),
                new StockSentences(),
                tools,
                AgentMeters.register(registry),
                fault -> {
                    throw new AssertionError(fault);
                });
    }
}
