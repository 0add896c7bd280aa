package io.sandalphone.harness.converse;

import io.sandalphone.speech.Language;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One step of a conversation, seen from the caller: something they do, or something that must come to pass. Steps follow each other.
public sealed interface Step {
    /// What callers do over the agent's voice or after it.
    ///
    /// Where `overTheAgent` stands it begins so long after the agent's next sound began; otherwise when the agent is silent.
    sealed interface Sound extends Step {
        Optional<Duration> overTheAgent();
    }

    /// The caller says `text`.
    record Says(String text, Optional<Language> language, Optional<Duration> overTheAgent)
            implements Sound {}

    /// The caller makes a noise that is no word.
    record Makes(Noise noise, Duration lasting, Optional<Duration> overTheAgent) implements Sound {}

    /// The caller presses keys of the telephone, one after another.
    record Presses(String keys, Optional<Duration> overTheAgent) implements Sound {}

    /// The caller does nothing for a while, whatever happens.
    record Waits(Duration time) implements Step {}

    /// The caller hangs up: the end.
    record HangsUp() implements Step {}

    /// The agent speaks, within so long after the caller's last sound (or the beginning of the call), and says all of `phrases`, in
    /// this order, and none of `never`.
    record Hears(
            List<Phrase> phrases, Duration within, List<Phrase> never, Optional<Language> language)
            implements Step {
        public Hears {
            phrases = List.copyOf(phrases);
            never = List.copyOf(never);
        }
    }

    /// The agent makes no sound for so long.
    record HearsNothing(Duration time) implements Step {}

    /// The agent, over whose voice the caller made a sound, is silent so long after that sound began.
    record FallsSilent(Duration within) implements Step {}

    /// The agent, over whose voice the caller made a sound, is not put off: all of `phrases` are heard after it.
    record SpeaksOn(List<Phrase> phrases) implements Step {
        public SpeaksOn {
            phrases = List.copyOf(phrases);
        }
    }

    /// A person takes the call: the end. Before the two are joined the person hears all of `told`.
    record IsTransferred(List<Phrase> told, Duration within) implements Step {
        public IsTransferred {
            told = List.copyOf(told);
        }
    }

    /// A message is delivered that holds all of `phrases`.
    record LeavesMessage(List<Phrase> phrases, Duration within) implements Step {
        public LeavesMessage {
            phrases = List.copyOf(phrases);
        }
    }

    /// The agent ends the call: the end.
    record IsHungUpOn(Duration within) implements Step {}

    /// Whether the call is over after it.
    default boolean isEnd() {
        return switch (this) {
            case HangsUp _, IsTransferred _, IsHungUpOn _ -> true;
            case Sound _, Waits _, Hears _, HearsNothing _, FallsSilent _, SpeaksOn _ -> false;
            case LeavesMessage _ -> false;
        };
    }
}
