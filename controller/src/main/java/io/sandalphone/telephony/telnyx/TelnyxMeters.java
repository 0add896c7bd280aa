package io.sandalphone.telephony.telnyx;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;
import io.sandalphone.telephony.markup.MarkupMeters;
import io.sandalphone.telephony.markup.Refusal;

import java.util.EnumSet;

/// Calls at Telnyx: what every carrier of this kind counts, and what Telnyx complained of.
public record TelnyxMeters(MarkupMeters legs, Counter streamErrors) {
    public static TelnyxMeters register(MeterRegistry registry) {
        return new TelnyxMeters(
                MarkupMeters.register(registry, TelnyxCarrier.NAME, EnumSet.allOf(Refusal.class)),
                new MeterGroup(registry, TelnyxCarrier.NAME)
                        .counter(
                                "stream.errors",
                                "messages",
                                "Messages over a stream in which Telnyx complained of what it had"
                                        + " got"));
    }
}
