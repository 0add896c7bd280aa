package io.sandalphone.harness.converse;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Steps as people read them, much as they stand in the file.
final class StepText {
    private StepText() {}

    static String of(Step step) {
        return switch (step) {
            case Step.Says says -> "says: " + says.text() + over(says.overTheAgent());
            case Step.Makes makes ->
                    "makes: "
                            + makes.noise().name().toLowerCase(Locale.ROOT).replace('_', '-')
                            + over(makes.overTheAgent());
            case Step.Presses presses ->
                    "presses: " + presses.keys() + over(presses.overTheAgent());
            case Step.Waits(var time) -> "waits: " + length(time);
            case Step.HangsUp _ -> "hangs-up";
            case Step.Hears hears -> "hears: " + list(hears.phrases());
            case Step.HearsNothing(var time) -> "hears-nothing: " + length(time);
            case Step.FallsSilent(var within) -> "falls-silent: " + length(within);
            case Step.SpeaksOn(var phrases) -> "speaks-on: " + list(phrases);
            case Step.IsTransferred transferred -> "is-transferred: " + list(transferred.told());
            case Step.LeavesMessage message -> "leaves-message: " + list(message.phrases());
            case Step.IsHungUpOn _ -> "is-hung-up-on";
        };
    }

    private static String over(Optional<Duration> over) {
        return over.map(after -> " (over the agent, after " + length(after) + ")").orElse("");
    }

    private static String list(List<Phrase> phrases) {
        return phrases.stream().map(Phrase::toString).collect(Collectors.joining(", "));
    }

    private static String length(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
