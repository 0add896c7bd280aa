package io.sandalphone.harness.pairs;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Optional;

/// Announcements in calls of a real Asterisk.
@RealAsterisk
class AsteriskAnnouncementTest {
    private final AsteriskHost host;

    AsteriskAnnouncementTest(AsteriskHost host) {
        this.host = host;
    }

    @ParameterizedTest
    @EnumSource(
            value = Pair.class,
            names = {"SIP_SIP", "SIP_TWILIO"})
    void both_are_told_and_then_interpreted(Pair pair) throws Exception {
        Announced.told(pair, Optional.of(host));
    }

    @Test
    void a_voice_that_is_broken_keeps_nobody_from_being_joined() throws Exception {
        Announced.voiceBroken(Pair.SIP_SIP, Optional.of(host));
    }
}
