package io.sandalphone.call;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.cost.Accounting;
import io.sandalphone.cost.CostMeters;
import io.sandalphone.cost.CostSettings;
import io.sandalphone.cost.PriceTable;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.RoutingSamples;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.E164;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;

/// What tests of calls need and do not care about.
final class Samples {
    static final CallTerms TERMS = RoutingSamples.TERMS;

    /// Somebody who speaks Spanish, and is rung for an agent.
    static final Person PERSON =
            new Person(
                    "reception",
                    new CallService.Interpreting(new E164("+525512345678"), Optional.of("twilio")),
                    Optional.of(new Language("es")));

    static final Transfer TRANSFER = new Transfer(PERSON, "They want a room.");

    private Samples() {}

    /// Somebody has called, and somebody with a number is to be rung.
    static Participants people(CallTerms terms) {
        return new Participants(
                "7f3",
                CallView.Direction.INBOUND,
                "+15551230009",
                Optional.of(new E164("+525512345678")),
                CallerId.UNKNOWN,
                CallerId.UNKNOWN,
                Optional.empty(),
                terms);
    }

    /// Nothing costs anything, and nothing is capped.
    static Accounting freeOfCharge() {
        return Accounting.open(
                new CostSettings(
                        Currency.getInstance("USD"),
                        Optional.empty(),
                        Optional.empty(),
                        ZoneOffset.UTC,
                        Optional.empty(),
                        new PriceTable(Map.of())),
                () -> Instant.EPOCH,
                CostMeters.register(new SimpleMeterRegistry()));
    }
}
