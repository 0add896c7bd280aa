package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;

/// What happens to RTP, on all sockets together.
///
/// @param packetsIn datagrams received, whatever became of them
/// @param packetsOut packets sent
/// @param unknownSource dropped: from an address nobody opened a stream to
/// @param malformed dropped: not RTP, or cut off
/// @param unsupported dropped: not 20 ms of G.711 mu-law
/// @param late dropped: its turn had passed
/// @param duplicate dropped: had come before
/// @param reordered came out of order and was put back in its place
/// @param lost never came, or too late
/// @param sourceRestarts times a source began another numbering and was followed
/// @param sendFailed not sent: the system refused it
/// @param skipped frames not sent because too many had become due at once
/// @param underruns times sending was late by more than the cushion, so that listeners heard a gap
/// @param faults streams given up because the code that hears or speaks there threw
/// @param lateness how late after its 20 ms tick the last packet of the tick was sent
public record RtpMeters(
        Counter packetsIn,
        Counter packetsOut,
        Counter unknownSource,
        Counter malformed,
        Counter unsupported,
        Counter late,
        Counter duplicate,
        Counter reordered,
        Counter lost,
        Counter sourceRestarts,
        Counter sendFailed,
        Counter skipped,
        Counter underruns,
        Counter faults,
        Timer lateness) {
    public static RtpMeters register(MeterRegistry registry) {
        return new RtpMeters(
                packets(registry, "in", "Datagrams received, whatever became of them"),
                packets(registry, "out", "Packets sent"),
                dropped(registry, "unknown_source"),
                dropped(registry, "malformed"),
                dropped(registry, "unsupported"),
                dropped(registry, "late"),
                dropped(registry, "duplicate"),
                counter(registry, "reordered", "packets", "Packets put back in their place"),
                counter(registry, "lost", "packets", "Packets that never came, or too late"),
                counter(
                        registry,
                        "source.restarts",
                        "restarts",
                        "Sources that began another numbering and were followed"),
                counter(registry, "send.failed", "packets", "Packets the system refused to send"),
                counter(registry, "skipped", "frames", "Frames not sent after a stall"),
                counter(registry, "underruns", "underruns", "Gaps heard because sending was late"),
                counter(registry, "faults", "streams", "Streams given up after a fault of our own"),
                Timer.builder("sandalphone.rtp.lateness")
                        .description(
                                "How late after its 20 ms tick the tick's last packet was sent")
                        .publishPercentiles(0.5, 0.99)
                        .distributionStatisticExpiry(Duration.ofMinutes(1))
                        .serviceLevelObjectives(
                                Duration.ofNanos(500_000),
                                Duration.ofMillis(1),
                                Duration.ofMillis(2),
                                Duration.ofMillis(5),
                                Duration.ofMillis(20),
                                Duration.ofMillis(60))
                        .register(registry));
    }

    private static Counter packets(MeterRegistry registry, String direction, String description) {
        return Counter.builder("sandalphone.rtp.packets")
                .tag("direction", direction)
                .baseUnit("packets")
                .description(description)
                .register(registry);
    }

    private static Counter dropped(MeterRegistry registry, String reason) {
        return Counter.builder("sandalphone.rtp.dropped")
                .tag("reason", reason)
                .baseUnit("packets")
                .description("Datagrams received and dropped")
                .register(registry);
    }

    private static Counter counter(
            MeterRegistry registry, String name, String unit, String description) {
        return Counter.builder("sandalphone.rtp." + name)
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }
}
