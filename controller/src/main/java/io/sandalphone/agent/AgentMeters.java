package io.sandalphone.agent;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

/// Conversations of callers and agents.
///
/// @param turns what callers said that was answered
/// @param answerDelay from the end of the caller's speech to the first sound of the answer
/// @param interruptions answers that the caller interrupted
/// @param falseAlarms times the voice was held for what was no interruption
/// @param patience times a caller was asked for patience
/// @param failed answers that could not be given
/// @param capped answers longer than a turn may be
/// @param recognitionFailed recognitions that were lost
public record AgentMeters(
        Counter turns,
        Timer answerDelay,
        Counter interruptions,
        Counter falseAlarms,
        Counter patience,
        Counter failed,
        Counter capped,
        Counter recognitionFailed) {
    public static AgentMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "agent");
        return new AgentMeters(
                group.counter("turns", "", "Turns of callers that an agent was to answer"),
                group.timerWithPercentiles(
                        "answer.delay",
                        "From the end of a caller's speech to the first sound of the agent's"
                                + " answer"),
                group.counter("interruptions", "", "Answers of agents that the caller interrupted"),
                group.counter(
                        "false.alarms",
                        "",
                        "Times an agent's voice was held for what turned out to be no"
                                + " interruption"),
                group.counter(
                        "patience", "", "Times a caller was asked for patience, or heard a filler"),
                group.counter("answers.failed", "", "Answers of agents that could not be given"),
                group.counter(
                        "answers.capped", "", "Answers of agents cut off at the longest turn"),
                group.counter(
                        "recognition.failed",
                        "",
                        "Times an agent's recognition was lost, tried again later"));
    }
}
