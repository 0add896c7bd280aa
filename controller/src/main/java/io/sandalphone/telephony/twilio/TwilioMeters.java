package io.sandalphone.telephony.twilio;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.telephony.markup.MarkupMeters;
import io.sandalphone.telephony.markup.Refusal;

import java.util.EnumSet;

/// Calls at Twilio: all that is counted of them is what every carrier of this kind counts.
public record TwilioMeters(MarkupMeters legs) {
    public static TwilioMeters register(MeterRegistry registry) {
        return new TwilioMeters(
                MarkupMeters.register(
                        registry,
                        TwilioCarrier.NAME,
                        EnumSet.of(
                                Refusal.SIGNATURE_MISSING,
                                Refusal.SIGNATURE_WRONG,
                                Refusal.SIGNATURE_REPLAYED,
                                Refusal.FOREIGN_ACCOUNT,
                                Refusal.MALFORMED)));
    }
}
