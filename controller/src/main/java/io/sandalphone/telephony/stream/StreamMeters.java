package io.sandalphone.telephony.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Media streams: who opened one, who was refused, and what was lost on the way.
public record StreamMeters(
        Counter opened,
        Map<StreamRefusal, Counter> refused,
        Counter malformed,
        Counter foreign,
        Counter late,
        Counter unsentNoStream,
        Counter unsentAhead,
        Counter unsentCongested,
        Counter marksLost,
        Counter marksUnknown) {
    public static StreamMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "stream");
        Map<StreamRefusal, Counter> refused = new EnumMap<>(StreamRefusal.class);
        for (StreamRefusal reason : StreamRefusal.values()) {
            refused.put(
                    reason,
                    group.counter(
                            "refused",
                            "streams",
                            "Sockets of carriers that were not let in, or were closed because of"
                                    + " what came over them",
                            "reason",
                            reason.word()));
        }
        return new StreamMeters(
                group.counter("opened", "", "Media streams that began"),
                refused,
                group.counter("received.malformed", "messages", "Messages that were none"),
                group.counter(
                        "received.foreign",
                        "messages",
                        "Messages that belong to another stream than the one they came on"),
                group.counter(
                        "received.late",
                        "pieces",
                        "Pieces of sound that belong before what was heard already"),
                unsent(group, "no_stream"),
                unsent(group, "ahead"),
                unsent(group, "congested"),
                group.counter(
                        "marks.lost",
                        "",
                        "Marks that did not come back in time; what waited for them went on"),
                group.counter(
                        "marks.unknown",
                        "",
                        "Marks that came back and nobody waited for, such as those of cleared"
                                + " sound"));
    }

    private static Counter unsent(MeterGroup group, String reason) {
        return group.counter(
                "unsent",
                "frames",
                "Frames for a party that were not sent: no stream was there, the carrier held 200"
                        + " ms already, or the connection took no more",
                "reason",
                reason);
    }

    /// A socket was refused.
    public void refuse(StreamRefusal reason) {
        Objects.requireNonNull(refused.get(reason)).increment();
    }
}
