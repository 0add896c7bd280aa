package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RtpNumberingTest {
    private static final RtpNumbering BEFORE = new RtpNumbering(7, 40);

    @Test
    void another_source_numbers_anew() {
        assertTrue(new RtpNumbering(8, 0).startedAnewSince(BEFORE));
    }

    @Test
    void a_sequence_that_went_back_shows_as_half_a_round_of_losses_or_more() {
        assertTrue(new RtpNumbering(7, 40 + 32_768).startedAnewSince(BEFORE));
    }

    @Test
    void a_network_that_loses_for_a_minute_does_not() {
        assertFalse(new RtpNumbering(7, 40 + 3000).startedAnewSince(BEFORE));
    }

    @Test
    void the_first_source_of_a_leg_is_no_new_one() {
        assertFalse(BEFORE.startedAnewSince(RtpNumbering.UNKNOWN));
    }
}
