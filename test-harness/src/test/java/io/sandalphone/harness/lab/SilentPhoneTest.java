package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A phone that sends no packets is not a phone that has gone.
@RealAsterisk
class SilentPhoneTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    // As short as Asterisk counts, in place of production's minutes.
    private static final int HOLD_SECONDS = 2;

    @Test
    void only_a_leg_on_hold_ends_for_sending_nothing() throws Exception {
        var options =
                new AsteriskHost.Options(
                        Map.of(RealAsterisk.CALLED, RealAsterisk.DESTINATION),
                        14_000,
                        14_999,
                        Map.of("HOLD_SECONDS", Integer.toString(HOLD_SECONDS)));
        try (AsteriskHost host = AsteriskHost.boot(options);
                SipPhone callers = phone(host, 5070);
                SipPhone destinations = phone(host, 5060)) {
            String endpoint = host.console("pjsip show endpoint voipms");
            assertEquals("0", setting(endpoint, "rtp_timeout"), endpoint);
            assertEquals("yes", setting(endpoint, "timers"), endpoint);

            PhoneCall caller =
                    callers.call(
                            "+12125550109",
                            "sip:%s@%s:5060".formatted(RealAsterisk.CALLED, AsteriskHost.ADDRESS));
            caller.awaitAnswered(SOON);
            PhoneCall destination = destinations.awaitIncoming(RealAsterisk.DESTINATION, SOON);
            caller.media().stopSending();
            destination.media().stopSending();
            long begin = System.nanoTime();
            Poll.until(
                    SOON,
                    () -> System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(3 * HOLD_SECONDS),
                    "neither has sent anything for longer than a leg on hold may");
            assertTrue(caller.isUp() && destination.isUp(), caller::toString);

            destination.hold();
            caller.awaitEnded(SOON);
            assertTrue(caller.endedByFarEnd(), caller::toString);
            host.awaitIdle(SOON);
        }
    }

    private static SipPhone phone(AsteriskHost host, int port) throws Exception {
        return SipPhone.open(
                host.carrier(), new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, port));
    }

    private static String setting(String endpoint, String name) {
        return endpoint.lines()
                .map(String::strip)
                .filter(line -> line.matches(name + " +:.*"))
                .map(line -> line.replaceFirst(".*: *", ""))
                .findFirst()
                .orElse("");
    }
}
