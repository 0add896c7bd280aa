package io.sandalphone.harness.pairs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Optional;

/// Announcements in calls whose sound passes through the gateway.
@Timeout(180)
class CarrierAnnouncementTest {
    @ParameterizedTest
    @EnumSource(
            value = Pair.class,
            names = {"TWILIO_TWILIO", "TELNYX_TELNYX", "BROWSER_BROWSER"})
    void both_are_told_and_then_interpreted(Pair pair) throws Exception {
        Announced.told(pair, Optional.empty());
    }

    @Test
    void a_voice_that_is_broken_keeps_nobody_from_being_joined() throws Exception {
        Announced.voiceBroken(Pair.TWILIO_TWILIO, Optional.empty());
    }
}
