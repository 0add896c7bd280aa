package io.sandalphone.call;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// Calls as a whole.
public final class CallMeters {
    /// Those that somebody is to be told of.
    private static final List<Outcome> ALARMING =
            List.of(
                    new Outcome(Outcome.Result.FAILED, Outcome.Reason.CARRIER_LOST),
                    new Outcome(Outcome.Result.FAILED, Outcome.Reason.CARRIER_REFUSED),
                    new Outcome(Outcome.Result.FAILED, Outcome.Reason.INTERNAL_ERROR),
                    new Outcome(Outcome.Result.FAILED, Outcome.Reason.AGENT_FAILED),
                    new Outcome(Outcome.Result.REFUSED, Outcome.Reason.CALL_LIMIT));

    private final MeterGroup group;
    private final Timer talkTime;
    private final Counter releaseOverdue;
    private final Counter audioLost;
    private final Counter faults;
    private final Counter adopted;
    private final Map<TransferResult, Counter> transfers = new EnumMap<>(TransferResult.class);
    private final Map<Readoption.Reason, Counter> left = new EnumMap<>(Readoption.Reason.class);

    private CallMeters(MeterRegistry registry) {
        group = new MeterGroup(registry, "call");
        talkTime = group.timer("talk.time", "How long the two people of a call heard each other");
        releaseOverdue =
                group.counter(
                        "release.overdue",
                        "",
                        "Calls whose carrier did not confirm in time that nothing is left");
        audioLost =
                group.counter(
                        "audio.lost",
                        "",
                        "Times our own audio path beside a talking call was lost or could not be"
                                + " built");
        faults = group.counter("faults", "", "Steps of calls that failed by a defect of our own");
        var calls = new MeterGroup(registry, "calls");
        adopted =
                calls.counter(
                        "adopted", "", "Calls of the gateway before this one that went on here");
        for (Readoption.Reason reason : Readoption.Reason.values()) {
            left.put(
                    reason,
                    calls.counter(
                            "left",
                            "",
                            "Calls of the gateway before this one that were left to talk"
                                    + " untranslated",
                            "reason",
                            reason.wireName()));
        }
        // An alert sees no increase where a series begins with its first call.
        ALARMING.forEach(
                outcome -> count(outcome.result().wireName(), outcome.reason().wireName()));
        for (TransferResult result : TransferResult.values()) {
            transfers.put(
                    result,
                    group.counter(
                            "transfers",
                            "",
                            "Times an agent put its caller through to a person, by what became of"
                                    + " it",
                            "result",
                            result.wireName()));
        }
    }

    public static CallMeters register(MeterRegistry registry) {
        return new CallMeters(registry);
    }

    /// How many calls there are; `live` is asked whenever somebody looks.
    public void live(Supplier<Number> live) {
        group.gauge("live", "", "Calls that exist now, in whatever state", live);
    }

    /// A call ended.
    public void ended(String result, String reason) {
        count(result, reason).increment();
    }

    private Counter count(String result, String reason) {
        return group.counter(
                "ended",
                "",
                "Calls that ended, by result and reason",
                "result",
                result,
                "reason",
                reason);
    }

    /// An agent has put its caller through to a person, or tried to.
    void transferred(TransferResult result) {
        Objects.requireNonNull(transfers.get(result)).increment();
    }

    Counter adopted() {
        return adopted;
    }

    Counter left(Readoption.Reason reason) {
        return Objects.requireNonNull(left.get(reason));
    }

    public Timer talkTime() {
        return talkTime;
    }

    public Counter releaseOverdue() {
        return releaseOverdue;
    }

    public Counter audioLost() {
        return audioLost;
    }

    public Counter faults() {
        return faults;
    }
}
