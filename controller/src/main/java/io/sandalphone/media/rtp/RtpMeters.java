package io.sandalphone.media.rtp;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sandalphone.metrics.MeterGroup;

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
        var group = new MeterGroup(registry, "rtp");
        return new RtpMeters(
                packets(group, "in"),
                packets(group, "out"),
                dropped(group, "unknown_source"),
                dropped(group, "malformed"),
                dropped(group, "unsupported"),
                dropped(group, "late"),
                dropped(group, "duplicate"),
                group.counter("reordered", "packets", "Packets put back in their place"),
                group.counter("lost", "packets", "Packets that never came, or too late"),
                group.counter(
                        "source.restarts",
                        "restarts",
                        "Sources that began another numbering and were followed"),
                group.counter("send.failed", "packets", "Packets the system refused to send"),
                group.counter("skipped", "frames", "Frames not sent after a stall"),
                group.counter("underruns", "underruns", "Gaps heard because sending was late"),
                group.counter("faults", "streams", "Streams given up after a fault of our own"),
                group.timer(
                        "lateness",
                        "How late after its 20 ms tick the tick's last packet was sent",
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

    private static Counter packets(MeterGroup group, String direction) {
        return group.counter(
                "packets",
                "packets",
                "Packets sent, and packets received whatever became of them",
                "direction",
                direction);
    }

    private static Counter dropped(MeterGroup group, String reason) {
        return group.counter(
                "dropped", "packets", "Datagrams received and dropped", "reason", reason);
    }
}
