package io.sandalphone.harness.demo;

import io.sandalphone.harness.converse.CallTurn;
import io.sandalphone.harness.converse.HeldCall;
import io.sandalphone.harness.converse.StepVerdict;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// What was measured of a call to an agent, by the recordings of the caller's telephone: milliseconds of the call.
///
/// @param model what answered
/// @param toPerson what the person heard of the caller to whom they were put through
public record AgentReport(
        String carrier,
        String asteriskVersion,
        String model,
        String reason,
        String toPerson,
        List<CallTurn> turns,
        List<StepVerdict> steps) {
    /// A voice that is interrupted has to be silent so soon here: in `scripts/bench agent` it is within 200 ms nineteen times of twenty.
    private static final long SILENT_MILLIS = 400;

    public AgentReport {
        turns = List.copyOf(turns);
        steps = List.copyOf(steps);
    }

    static AgentReport of(HeldCall call, String asteriskVersion, String model) {
        return new AgentReport(
                "Asterisk",
                asteriskVersion,
                model,
                call.reason(),
                call.toPerson(),
                call.turns(),
                call.verdict().steps());
    }

    private static boolean held(StepVerdict step) {
        return step.judgement() == StepVerdict.Judgement.HELD;
    }

    /// From the end of a question to the first sound of its answer: half of the answers took no longer. Empty without any.
    OptionalLong answerDelay() {
        return median(turns.stream().flatMapToLong(turn -> turn.delay().stream()));
    }

    /// From the beginning of an interruption until the agent was silent, the longest.
    OptionalLong silentAfter() {
        return turns.stream().flatMapToLong(turn -> turn.silentAfter().stream()).max();
    }

    /// How many words of the agent began to be heard after interruptions.
    int wordsAfter() {
        return turns.stream().flatMapToInt(turn -> turn.wordsAfter().stream()).sum();
    }

    private static OptionalLong median(LongStream values) {
        long[] sorted = values.sorted().toArray();
        return sorted.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(sorted[(sorted.length - 1) / 2]);
    }

    /// What the demo promises, and what became of it.
    Verdict verdict() {
        long held = steps.stream().filter(AgentReport::held).count();
        OptionalLong silent = silentAfter();
        return new Verdict(
                List.of(
                        new Verdict.Criterion(
                                "Every step of the conversation came to pass",
                                held == steps.size(),
                                held + " of " + steps.size()),
                        new Verdict.Criterion(
                                "Every question was answered",
                                turns.stream().anyMatch(turn -> turn.delay().isPresent()),
                                "half of them within " + CallTable.seconds(answerDelay())),
                        new Verdict.Criterion(
                                "The agent was silent when it was interrupted",
                                silent.isPresent() && silent.getAsLong() <= SILENT_MILLIS,
                                silent.isPresent() ? silent.getAsLong() + " ms" : "it was not"),
                        new Verdict.Criterion(
                                "No word of it was heard after that",
                                silent.isPresent() && wordsAfter() == 0,
                                wordsAfter() + " words"),
                        new Verdict.Criterion(
                                "The person to whom the caller was put through heard them",
                                !toPerson.isBlank(),
                                toPerson.isBlank() ? "nothing" : '"' + toPerson + '"'),
                        new Verdict.Criterion(
                                "The call ended when the caller hung up",
                                reason.equals("caller-hung-up"),
                                reason)));
    }

    /// For a terminal.
    String table() {
        var table = new StringBuilder();
        for (CallTurn turn : turns) {
            table.append(
                    String.format(
                            Locale.ROOT,
                            "%7.2f s  %-6s  %s%s%n",
                            turn.from() / 1000.0,
                            turn.caller() ? "caller" : "agent",
                            turn.text().replaceAll("\\p{Cntrl}+", " "),
                            told(turn)));
        }
        for (StepVerdict step : steps) {
            if (!held(step)) {
                table.append(
                        "step %d: %s: %s%n".formatted(step.number(), step.step(), step.told()));
            }
        }
        for (Verdict.Criterion each : verdict().criteria()) {
            table.append(
                    "%-8s %s: %s%n"
                            .formatted(
                                    each.judgement().name().toLowerCase(Locale.ROOT),
                                    each.promise(),
                                    each.measured()));
        }
        return table.toString();
    }

    /// What was measured of a turn; empty for one of which nothing was.
    static String told(CallTurn turn) {
        if (turn.delay().isPresent()) {
            return "  (after %.2f s)".formatted(turn.delay().getAsLong() / 1000.0);
        }
        return turn.silentAfter().isPresent()
                ? "  (the agent was silent %d ms later, %d words after it)"
                        .formatted(turn.silentAfter().getAsLong(), turn.wordsAfter().orElse(0))
                : "";
    }
}
