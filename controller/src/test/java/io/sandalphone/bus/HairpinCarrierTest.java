package io.sandalphone.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.telephony.CallConnection;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.ConnectionEvent;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegCarrier;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.Party;
import io.sandalphone.time.VirtualLoop;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class HairpinCarrierTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final List<String> rung = new ArrayList<>();
    private final LegCarrier one = new Rings("one", Optional.empty());
    private final LegCarrier other = new Rings("other", Optional.of("other has no credit"));
    private final Map<String, LegCarrier> all = Map.of("one", one, "other", other);
    private final MixedBridges bridges =
            new MixedBridges(BusMeters.register(new SimpleMeterRegistry()));

    private final class Rings implements LegCarrier {
        private final String name;
        private final Optional<String> reason;

        Rings(String name, Optional<String> reason) {
            this.name = name;
            this.reason = reason;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> unavailableReason() {
            return reason;
        }

        @Override
        public Leg dial(LegContext context, Dial dial) {
            rung.add(context.callId() + ": " + context.party() + " by " + name);
            return new FakeLeg(loop);
        }
    }

    private static Dial via(String... carrier) {
        return new Dial(
                new E164("+12125550101"),
                CallerId.UNKNOWN,
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                Optional.of(carrier).filter(names -> names.length > 0).map(names -> names[0]));
    }

    @Test
    void the_caller_is_rung_at_the_carrier_itself_and_the_destination_over_the_one_that_is_named() {
        var carrier = new HairpinCarrier(one, all, loop, bridges);
        CallConnection call = carrier.connect("7", Optional.of("other"));
        call.dial(Party.CALLER, via());
        call.dial(Party.DESTINATION, via("other"));
        CallConnection own = carrier.connect("8", Optional.empty());
        own.dial(Party.CALLER, via());
        own.dial(Party.DESTINATION, via());
        assertEquals(
                List.of(
                        "7: CALLER by one",
                        "7: DESTINATION by other",
                        "8: CALLER by one",
                        "8: DESTINATION by one"),
                rung);
    }

    @Test
    void it_is_named_and_unavailable_as_the_carrier_of_legs_is() {
        var carrier = new HairpinCarrier(other, all, loop, bridges);
        assertEquals("other", carrier.name());
        assertEquals(Optional.of("other has no credit"), carrier.unavailableReason());
    }

    @Test
    void a_destination_over_a_carrier_that_is_none_of_legs_fails_the_call() {
        var events = new ArrayList<ConnectionEvent>();
        CallConnection call =
                new HairpinCarrier(one, all, loop, bridges).connect("9", Optional.of("third"));
        call.listen(events::add);
        call.dial(Party.DESTINATION, via("third"));
        loop.settle();
        assertEquals(List.of(new ConnectionEvent.Failed("dial")), events);
    }
}
