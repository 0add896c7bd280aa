package io.sandalphone.call;

import io.sandalphone.cost.Costs;
import io.sandalphone.cost.Spending;
import io.sandalphone.telephony.FoundCall;
import io.sandalphone.telephony.LegPlace;
import io.sandalphone.telephony.Party;
import io.sandalphone.translate.ListenerWishes;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Records of calls for tests: a call between `caller` and `dest-…` at one carrier.
final class CallRecords {
    static final Costs COSTS =
            new Costs(
                    new Spending(Duration.ofSeconds(90), 200, 180, 0, 0, new BigDecimal("0.0123")),
                    Currency.getInstance("USD"),
                    Optional.empty());

    private CallRecords() {}

    /// Of two who talk since ten minutes after they began.
    static CallRecord talking(String id) {
        return of(id, 600_000);
    }

    /// Of two who talk since this moment.
    static CallRecord talking(String id, long sinceEpochMillis) {
        return of(id, sinceEpochMillis);
    }

    /// Of one whose phone rings.
    static CallRecord ringing(String id) {
        return of(id, 0);
    }

    private static CallRecord of(String id, long talkingSince) {
        return new CallRecord(
                id,
                CallView.Direction.INBOUND,
                "+15551230009",
                "+525512345678",
                Samples.TERMS,
                1,
                talkingSince,
                Set.of(Party.DESTINATION),
                Map.of(
                        Party.CALLER,
                        ListenerWishes.NONE,
                        Party.DESTINATION,
                        new ListenerWishes(true, -3)),
                Map.of(Party.CALLER, 4, Party.DESTINATION, 0),
                3,
                COSTS,
                places(id));
    }

    static Map<Party, LegPlace> places(String id) {
        return Map.of(
                Party.CALLER,
                new LegPlace("fake", Map.of("channel", "caller-" + id)),
                Party.DESTINATION,
                new LegPlace("fake", Map.of("channel", "dest-" + id)));
    }

    /// Such a call as its carrier finds it.
    static FoundCall found(String id, boolean answered) {
        return new FoundCall(
                id,
                places(id),
                answered,
                () -> {
                    throw new IllegalStateException("no connection");
                });
    }
}
