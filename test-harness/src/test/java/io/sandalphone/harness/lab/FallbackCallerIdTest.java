package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What goes out on the wire about who calls while no controller is there.
@RealAsterisk
class FallbackCallerIdTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String CALLER = "12125550177";

    private final AsteriskHost host;

    FallbackCallerIdTest(AsteriskHost host) {
        this.host = host;
    }

    @Test
    void neither_of_the_two_sees_the_others_number() throws Exception {
        try (var phones = new Phones(host)) {
            PhoneCall caller = phones.call(CALLER, Map.of());
            PhoneCall destination = phones.rung();
            caller.awaitAnswered(SOON);
            assertShown("<sip:%s@10.77.0.1>".formatted(RealAsterisk.CALLED), destination);
            assertFalse(destination.invitation().contains(CALLER), destination.invitation());
            assertFalse(
                    caller.responses().contains(RealAsterisk.DESTINATION.substring(1)),
                    caller::responses);
        }
    }

    @Test
    void where_callers_are_shown_it_is_those_who_want_to_be() throws Exception {
        var options =
                new AsteriskHost.Options(
                        Map.of(RealAsterisk.CALLED, RealAsterisk.DESTINATION),
                        14_000,
                        14_999,
                        Map.of("SHOW_CALLER", "yes"));
        try (AsteriskHost showing = AsteriskHost.boot(options);
                var phones = new Phones(showing)) {
            phones.call(CALLER, Map.of());
            assertShown("\"Ana\" <sip:%s@10.77.0.1>".formatted(CALLER), phones.rung());

            phones.call(CALLER, Map.of("Privacy", "id"));
            assertRestricted(phones.rung());
            phones.call("%1bc", Map.of());
            assertRestricted(phones.rung());
            phones.call("%ff2125550109", Map.of());
            assertRestricted(phones.rung());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Diversion | <sip:+12125550102@10.77.0.1>;reason=unconditional",
                "Diversion | \"At home\" <sip:2125550102@10.77.0.1>;reason=away",
                "History-Info | <sip:12125550102@10.77.0.1>;index=1"
            })
    void a_call_that_its_own_destination_forwarded_goes_no_further(String header, String value)
            throws Exception {
        try (var phones = new Phones(host)) {
            PhoneCall caller = phones.call(CALLER, Map.of(header, value));
            assertEquals(603, caller.finalStatus(SOON), caller::history);
            phones.assertNobodyRung();
        }
    }

    private static void assertShown(String identity, PhoneCall call) {
        assertEquals(List.of(identity), call.invitation("P-Asserted-Identity"), call.invitation());
        assertEquals(List.of(), call.invitation("Privacy"), call.invitation());
        assertFrom("<sip:100000_lab@10.77.0.1>", call);
    }

    private static void assertRestricted(PhoneCall call) {
        String ours = "<sip:%s@10.77.0.1>".formatted(RealAsterisk.CALLED);
        assertEquals(List.of(ours), call.invitation("P-Asserted-Identity"), call.invitation());
        assertEquals(List.of("id"), call.invitation("Privacy"), call.invitation());
        assertFrom("\"Anonymous\" <sip:100000_lab@10.77.0.1>", call);
    }

    private static void assertFrom(String from, PhoneCall call) {
        assertTrue(
                call.invitation("From").getFirst().startsWith(from + ";tag="), call.invitation());
        assertEquals(
                List.of("<sip:100000_lab@10.77.0.2:5060>"),
                call.invitation("Contact"),
                call.invitation());
    }

    /// The phones on both sides of a host.
    private static final class Phones implements AutoCloseable {
        private final AsteriskHost host;
        private final SipPhone callers;
        private final SipPhone destinations;

        Phones(AsteriskHost host) throws Exception {
            this.host = host;
            callers = open(5070);
            destinations = open(5060);
        }

        private SipPhone open(int port) throws Exception {
            return SipPhone.open(
                    host.carrier(), new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, port));
        }

        PhoneCall call(String user, Map<String, String> headers) throws Exception {
            return callers.call(
                    "\"Ana\" <sip:%s@10.77.0.1>".formatted(user),
                    "sip:%s@%s:5060".formatted(RealAsterisk.CALLED, AsteriskHost.ADDRESS),
                    headers);
        }

        PhoneCall rung() throws InterruptedException {
            return destinations.awaitIncoming(RealAsterisk.DESTINATION, SOON);
        }

        void assertNobodyRung() {
            assertEquals(List.of(), List.copyOf(destinations.calls()));
        }

        @Override
        public void close() {
            callers.calls().forEach(PhoneCall::hangUp);
            host.awaitIdle(SOON);
            callers.close();
            destinations.close();
        }
    }
}
