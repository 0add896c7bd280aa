package io.sandalphone.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Secret;
import io.sandalphone.testing.WrittenLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

/// What the check does wherever the token is asked for; that requests are refused, the tests of each server
/// say.
class TokenCheckTest {
    private final WrittenLog written = new WrittenLog(TokenCheck.class);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private long now;
    private final TokenCheck check =
            new TokenCheck(
                    new Secret("0123456789abcdef"), TokenMeters.register(registry), () -> now);

    @AfterEach
    void stop() {
        written.close();
    }

    @Test
    void who_guesses_fast_fills_no_log_and_is_counted_all_the_same() {
        for (int i = 0; i < 1000; i++) {
            assertFalse(check.admits("guess " + i, "192.0.2.7"));
        }
        assertEquals(TokenCheck.LINES_PER_SECOND, written.events().size());
        assertEquals(1000, registry.get("sandalphone.http.unauthorized").counter().count());
        now += TimeUnit.SECONDS.toNanos(1);
        check.admits("guess", "192.0.2.7");
        assertEquals(TokenCheck.LINES_PER_SECOND + 1, written.events().size());
    }

    @Test
    void the_line_is_the_one_that_filters_look_for() {
        check.admits("guess", "192.0.2.7");
        ILoggingEvent line = written.events().getFirst();
        assertEquals("operator refused, no valid token", line.getMessage());
        assertEquals("address", line.getKeyValuePairs().getFirst().key);
        assertEquals("192.0.2.7", line.getKeyValuePairs().getFirst().value);
    }

    @Test
    void the_token_itself_leaves_no_trace() {
        assertTrue(check.admits("0123456789abcdef", "192.0.2.7"));
        assertEquals(0, written.events().size());
        assertEquals(0, registry.get("sandalphone.http.unauthorized").counter().count());
    }
}
