package io.sandalphone.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

import java.time.Duration;

/// What happens to the sound that we mix, of all calls together.
///
/// @param concealed frames made up in place of what did not come in time
/// @param starved times nothing of a voice had come when it was due
/// @param late frames dropped: their turn had passed
/// @param duplicate frames dropped: had come before
/// @param excess frames dropped: too many had come at once
/// @param shortened times 20 ms of a voice were left out to catch up
/// @param lengthened times 20 ms of a voice were said twice to gain time
/// @param skippedTicks ticks left out because too many had become due at once
/// @param leftOut quiet frames that were not sent, because the far end held more than it needed
/// @param faults exceptions of our own code that cost a track or a frame, and not the call
/// @param audioLost times a call could not be interpreted any more for want of a leg's sound
/// @param silentEnded calls that ended because nothing came from a leg and nobody spoke to it
/// @param lateness how late after its 20 ms tick the last bus of the tick was mixed and sent
public record BusMeters(
        Counter concealed,
        Counter starved,
        Counter late,
        Counter duplicate,
        Counter excess,
        Counter shortened,
        Counter lengthened,
        Counter skippedTicks,
        Counter leftOut,
        Counter faults,
        Counter audioLost,
        Counter silentEnded,
        Timer lateness) {
    public static BusMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "bus");
        return new BusMeters(
                group.counter(
                        "concealed",
                        "frames",
                        "Frames of a voice made up in place of what did not come in time"),
                group.counter("starved", "", "Times nothing of a voice had come when it was due"),
                dropped(group, "late"),
                dropped(group, "duplicate"),
                dropped(group, "excess"),
                adjusted(group, "shorter"),
                adjusted(group, "longer"),
                group.counter(
                        "ticks.skipped",
                        "",
                        "Ticks of 20 ms left out after a stall, in which nothing was sent"),
                group.counter(
                        "left.out",
                        "frames",
                        "Quiet frames not sent because the far end held more than it needed"),
                group.counter(
                        "faults",
                        "",
                        "Faults of our own that cost a track or a frame, and not the call"),
                group.counter(
                        "audio.lost",
                        "",
                        "Times a call could not be interpreted any more for want of a leg's sound"),
                group.counter(
                        "silent.legs.ended",
                        "",
                        "Calls that ended because nothing came from a leg for too long and nobody"
                                + " spoke to it"),
                group.timer(
                        "lateness",
                        "How late after its 20 ms tick the tick's last bus was mixed and sent",
                        timer ->
                                timer.publishPercentiles(0.5, 0.99)
                                        .distributionStatisticExpiry(Duration.ofMinutes(1))
                                        .serviceLevelObjectives(
                                                Duration.ofNanos(500_000),
                                                Duration.ofMillis(1),
                                                Duration.ofMillis(2),
                                                Duration.ofMillis(5),
                                                Duration.ofMillis(20),
                                                Duration.ofMillis(60))));
    }

    private static Counter dropped(MeterGroup group, String reason) {
        return group.counter("dropped", "frames", "Frames of a voice dropped", "reason", reason);
    }

    private static Counter adjusted(MeterGroup group, String delay) {
        return group.counter(
                "adjusted",
                "",
                "Times a voice's delay was made 20 ms shorter or longer",
                "delay",
                delay);
    }
}
