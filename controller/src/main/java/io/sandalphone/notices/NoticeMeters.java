package io.sandalphone.notices;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// What operators were told.
///
/// @param told notices, by their kind
/// @param delivered those that the webhook has taken
/// @param lost those that it has not
/// @param standing how many things are told and not over
public record NoticeMeters(
        Map<NoticeKind, Counter> told, Counter delivered, Counter lost, AtomicInteger standing) {
    public static NoticeMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "notices");
        Map<NoticeKind, Counter> told = new EnumMap<>(NoticeKind.class);
        for (NoticeKind kind : NoticeKind.values()) {
            told.put(
                    kind,
                    group.counter(
                            "told",
                            "",
                            "Notices to the operator, in the log and to notices.url: begun, again"
                                    + " or over",
                            "kind",
                            kind.wireName()));
        }
        var standing = new AtomicInteger();
        group.gauge(
                "standing",
                "",
                "Things that the operator was told of and that are not over",
                standing::get);
        return new NoticeMeters(
                told,
                group.counter("delivered", "", "Notices that notices.url has taken"),
                group.counter("lost", "", "Notices that it has not, or that did not fit the queue"),
                standing);
    }

    Counter told(NoticeKind kind) {
        return Objects.requireNonNull(told.get(kind));
    }
}
