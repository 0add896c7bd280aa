package io.sandalphone.harness.converse;

import io.sandalphone.harness.agents.Reached;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// What steps have to do with each other.
final class ConversationRules {
    private final Conversation.Agent agent;
    private final Reached person;
    private final List<Step> steps;
    private final BiConsumer<Integer, String> mistakes;

    private ConversationRules(Conversation conversation, BiConsumer<Integer, String> mistakes) {
        agent = conversation.agent();
        person = conversation.person();
        steps = conversation.steps();
        this.mistakes = mistakes;
    }

    /// Tells `mistakes` the number of each step, from 1 on, that cannot stand where it does, and why.
    static void check(Conversation conversation, BiConsumer<Integer, String> mistakes) {
        new ConversationRules(conversation, mistakes).check();
    }

    private void check() {
        for (int number = 1; number <= steps.size(); number++) {
            checkStep(number, steps.get(number - 1));
        }
        if (!steps.getLast().isEnd()) {
            mistakes.accept(
                    steps.size(),
                    "the last step is no end (hangs-up, is-transferred or is-hung-up-on)");
        }
    }

    private void checkStep(int number, Step step) {
        if (step.isEnd() && number < steps.size()) {
            mistakes.accept(number, "the call is over, but there are more steps");
        }
        switch (step) {
            case Step.Sound sound -> checkSound(number, sound);
            case Step.FallsSilent _, Step.SpeaksOn _ -> {
                if (number == 1
                        || !(steps.get(number - 2) instanceof Step.Sound before)
                        || before.overTheAgent().isEmpty()) {
                    mistakes.accept(
                            number, "the step before is none of the caller's over-the-agent");
                }
            }
            case Step.Hears hears -> checkHears(number, hears);
            case Step.IsTransferred _, Step.LeavesMessage _ -> {
                if (agent == Conversation.Agent.ECHO_WORDS) {
                    mistakes.accept(
                            number, "echo-words neither transfers calls nor takes messages");
                }
                if (step instanceof Step.IsTransferred && person != Reached.ANSWERS) {
                    mistakes.accept(number, "the person does not take the call (person)");
                }
            }
            case Step.Waits _, Step.HangsUp _, Step.HearsNothing _, Step.IsHungUpOn _ -> {}
        }
    }

    /// Over the agent one can speak only while it has something to say: at the beginning, and when the caller has just said
    /// something.
    private void checkSound(int number, Step.Sound sound) {
        if (sound.overTheAgent().isEmpty() || number == 1) {
            return;
        }
        Step before = steps.get(number - 2);
        boolean owed =
                switch (before) {
                    case Step.Says _,
                            Step.Presses _,
                            Step.Makes _,
                            Step.FallsSilent _,
                            Step.SpeaksOn _ ->
                            true;
                    case Step.Waits _,
                            Step.HangsUp _,
                            Step.Hears _,
                            Step.HearsNothing _,
                            Step.IsTransferred _,
                            Step.LeavesMessage _,
                            Step.IsHungUpOn _ ->
                            false;
                };
        if (!owed) {
            mistakes.accept(
                    number,
                    "over-the-agent after a step after which the agent need not be speaking");
        }
    }

    private void checkHears(int number, Step.Hears hears) {
        List<String> both = new ArrayList<>();
        for (Phrase phrase : hears.phrases()) {
            if (hears.never().contains(phrase)) {
                both.add(phrase.toString());
            }
        }
        if (!both.isEmpty()) {
            mistakes.accept(number, String.join(", ", both) + " both heard and never heard");
        }
    }
}
