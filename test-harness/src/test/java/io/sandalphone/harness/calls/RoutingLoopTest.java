package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.sip.PhoneCall;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

/// A destination that forwards to a number of ours: the call comes back, and is not dialled again.
@RealAsterisk
class RoutingLoopTest {
    private static final String CALLED = "+" + ONE_WAY;
    private static final String DESTINATION = CallLab.destinationOf(ONE_WAY);
    private static final String STRANGER = "<sip:12125550177@10.77.0.1:5070>";
    // Asterisk's answer for a cause that SIP has no status for; nobody tries elsewhere after it.
    private static final int DECLINED = 603;

    private static CallLab lab;

    @BeforeAll
    static void open(AsteriskHost host) {
        lab = CallLab.open(host, CallLab.tones());
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    private static PhoneCall call(String from, Map<String, String> headers) throws Exception {
        return lab.callers()
                .call(from, "sip:" + CALLED + "@" + AsteriskHost.ADDRESS + ":5060", headers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Diversion | <sip:%s@10.77.0.1>;reason=unconditional",
                "Diversion | \"Ben, at \\\"home\\\"\""
                        + " <sip:%s@10.77.0.1:5060;user=phone>;reason=no-answer;counter=1",
                "Diversion | <tel:%s>;reason=user-busy",
                "History-Info | <sip:%s@10.77.0.1>;index=1, <sip:+15550100001@10.77.0.1>;index=1.1",
            })
    void a_call_that_its_own_destination_forwarded_is_refused(String header, String value)
            throws Exception {
        try (var ends = new EndedCalls(lab)) {
            PhoneCall caller = call(STRANGER, Map.of(header, value.formatted(DESTINATION)));
            assertEquals(DECLINED, caller.finalStatus(SOON), caller::history);
            assertEquals(Map.of("refused routing-loop", 1), ends.awaitAll());
        }
    }

    @Test
    void a_call_that_somebody_else_forwarded_is_taken_up() throws Exception {
        try (var ends = new EndedCalls(lab)) {
            PhoneCall caller =
                    call(STRANGER, Map.of("Diversion", "<sip:+12025550155@10.77.0.1>;reason=away"));
            lab.destinations().awaitIncoming(DESTINATION, SOON).awaitAnswered(SOON);
            caller.hangUp();
            assertEquals(Map.of("completed caller-hung-up", 1), ends.awaitAll());
        }
    }

    @Test
    void a_forwarding_carrier_that_says_only_who_calls_makes_no_circle() throws Exception {
        try (var ends = new EndedCalls(lab)) {
            lab.destinations().onIncoming(_ -> Answer.ring());
            PhoneCall first = call(STRANGER, Map.of());
            PhoneCall rung = lab.destinations().awaitIncoming(DESTINATION, SOON);
            // What the carrier was told of the caller comes back with the forwarded call.
            List<String> shown = rung.invitation("P-Asserted-Identity");
            PhoneCall back =
                    call(
                            "<sip:100000_lab@10.77.0.1>",
                            Map.of("P-Asserted-Identity", shown.getFirst()));
            assertEquals(DECLINED, back.finalStatus(SOON), back::history);
            assertEquals(1, lab.destinations().calls().size(), "rung once");
            first.hangUp();
            assertEquals(
                    Map.of("refused routing-loop", 1, "not-connected caller-hung-up", 1),
                    ends.awaitAll());
        } finally {
            lab.destinations().onIncoming(_ -> Answer.atOnce());
        }
    }
}
