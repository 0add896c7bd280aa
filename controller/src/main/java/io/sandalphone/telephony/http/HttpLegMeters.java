package io.sandalphone.telephony.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

/// Calls of telephone systems that speak HTTP.
///
/// @param arrived calls that were announced and taken
/// @param refused calls that were announced and not taken
/// @param rejected pieces of sound that could not be used
/// @param repeated pieces of sound whose number was taken already
/// @param overflow pieces of sound dropped because two seconds waited already
/// @param unfetched frames dropped because they were not fetched within 200 ms
/// @param lost times a telephone system asked for nothing any more in the middle of a call
public record HttpLegMeters(
        Counter arrived,
        Counter refused,
        Counter rejected,
        Counter repeated,
        Counter overflow,
        Counter unfetched,
        Counter lost) {
    public static HttpLegMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "http.leg");
        return new HttpLegMeters(
                group.counter("calls", "", "Calls announced by HTTP", "outcome", "taken"),
                group.counter("calls", "", "Calls announced by HTTP", "outcome", "refused"),
                sound(group, "unusable"),
                sound(group, "repeated"),
                sound(group, "overflow"),
                group.counter(
                        "unfetched",
                        "frames",
                        "Frames dropped because nobody fetched them within 200 ms"),
                group.counter(
                        "lost",
                        "",
                        "Times a telephone system asked for nothing any more in the middle of a"
                                + " call"));
    }

    private static Counter sound(MeterGroup group, String reason) {
        return group.counter(
                "sound.refused", "requests", "Pieces of sound not taken", "reason", reason);
    }
}
