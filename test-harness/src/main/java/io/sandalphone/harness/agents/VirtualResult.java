package io.sandalphone.harness.agents;

import io.sandalphone.harness.agents.AgentTrial.Answered;
import io.sandalphone.harness.agents.AgentTrial.Interrupted;
import io.sandalphone.harness.agents.AgentTrial.Outcome;

import java.util.List;
import java.util.stream.IntStream;

/// What came of many calls in virtual time, in milliseconds: how soon the agent answers, what of that is ours and not the modelled
/// services', how soon it is silent when it is interrupted, and how many of its words began to be heard after that.
///
/// @param ends what tells the end of a turn
public record VirtualResult(
        String ends, Times answer, Times floor, Times ours, Times silent, int wordsAfter) {
    /// Of `calls` calls.
    public static VirtualResult of(AgentDelays delays, boolean ownEnds, long seed, int calls) {
        List<Outcome> outcomes =
                IntStream.range(0, calls)
                        .mapToObj(number -> new AgentTrial(delays, ownEnds, seed, number).run())
                        .toList();
        List<Answered> answered =
                outcomes.stream().flatMap(each -> each.answered().stream()).toList();
        List<Interrupted> interrupted =
                outcomes.stream().flatMap(each -> each.interrupted().stream()).toList();
        return new VirtualResult(
                ownEnds ? "recognizer" : "silence",
                Times.of(answered.stream().mapToDouble(Answered::delay)),
                Times.of(answered.stream().mapToDouble(Answered::floor)),
                Times.of(answered.stream().mapToDouble(each -> each.delay() - each.floor())),
                Times.of(interrupted.stream().mapToDouble(Interrupted::silent)),
                interrupted.stream().mapToInt(Interrupted::words).sum());
    }
}
