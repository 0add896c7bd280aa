package io.sandalphone.agent;

import io.sandalphone.brain.Brain;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.VoiceChoice;

import java.util.ArrayList;
import java.util.List;

/// One agent, ready to take calls: how it talks, what it thinks with, and what it hears and speaks with. Thread-safe.
public record Agent(AgentSettings settings, Brain brain, AgentDependencies dependencies) {
    /// The same agent, which talks as `other` says.
    public Agent talking(AgentSettings other) {
        return new Agent(other, brain, dependencies);
    }

    /// What of its voices cannot be asked for in its language, which is spoken.
    public List<VoiceChoice.Mistake> voiceMistakes() {
        return dependencies.synthesizer().mistakes(settings.voices(), settings.language());
    }

    /// What cannot be done in its language, as words of a sentence: `hears`, `answers`, `speaks`; empty when all can.
    public List<String> lacking() {
        Language language = settings.language();
        List<String> lacking = new ArrayList<>();
        if (!dependencies.transcriber().understands(language)) {
            lacking.add("hears");
        }
        if (!brain.converses(language)) {
            lacking.add("answers");
        }
        if (!dependencies.synthesizer().speaks(language)) {
            lacking.add("speaks");
        }
        return lacking;
    }
}
