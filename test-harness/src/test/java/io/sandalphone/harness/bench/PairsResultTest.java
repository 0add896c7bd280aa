package io.sandalphone.harness.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.pairs.Pair;

import org.junit.jupiter.api.Test;

import java.util.Map;

class PairsResultTest {
    private static Distribution after(int millis) {
        return Distribution.ofNanos(new long[] {millis * 1_000_000L});
    }

    @Test
    void twilio_may_be_20_ms_later_than_sip_and_no_more() {
        for (int later : new int[] {20, 21}) {
            var result =
                    PairsResult.of(
                            Map.of(
                                    Pair.SIP_SIP, after(300),
                                    Pair.TWILIO_TWILIO, after(300 + later)));
            assertEquals(later > 20, result.table().contains("MISSED"), result.table());
            assertTrue(result.json().contains("\"later_millis\" : " + later), result.json());
        }
    }

    @Test
    void without_sip_nothing_is_compared() {
        var result = PairsResult.of(Map.of(Pair.TWILIO_TWILIO, after(300)));
        assertTrue(result.table().contains("not measured"), result.table());
        assertTrue(result.json().contains("\"later_millis\" : null"), result.json());
    }
}
