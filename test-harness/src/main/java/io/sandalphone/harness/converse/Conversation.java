package io.sandalphone.harness.converse;

import io.sandalphone.harness.agents.Reached;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.speech.Language;

import java.util.List;
import java.util.Optional;

/// One call to an agent, as a test.
///
/// @param title one sentence about what happens
/// @param language that the caller speaks, where a step says nothing else
/// @param background what sounds at the caller's all the time
/// @param model what the language model does other than usual, by turn
/// @param person what comes of it when the person is rung to whom the agent puts its caller through
/// @param never what must not be heard in all the call
public record Conversation(
        String title,
        Agent agent,
        Language language,
        Optional<Background> background,
        List<ModelReply> model,
        Reached person,
        List<Phrase> never,
        List<Step> steps) {
    /// Who picks up.
    public enum Agent {
        /// One whose language model is a receptionist's.
        RECEPTIONIST,
        /// One that says back what it understood, without a model.
        ECHO_WORDS
    }

    public Conversation {
        model = List.copyOf(model);
        never = List.copyOf(never);
        steps = List.copyOf(steps);
    }

    /// What the model of this call answers, where it answers like `usual` but at the turns that are named. For one call.
    public ChatScript script(ChatScript usual) {
        return new ScriptedModel(model, usual);
    }
}
