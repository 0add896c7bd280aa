package io.sandalphone.telephony.markup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.spi.ILoggingEvent;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.testing.WrittenLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;

class RefusalLogTest {
    private final WrittenLog written = new WrittenLog(RefusalLog.class);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private long now;
    private final RefusalLog refusals =
            new RefusalLog(
                    MarkupMeters.register(registry, "twilio", EnumSet.allOf(Refusal.class)),
                    () -> now,
                    "advice");

    @AfterEach
    void stop() {
        written.close();
    }

    private void refuse(Refusal reason) {
        refusals.refused("gw.example.org", null, "https://gw.example.org/twilio/voice", reason);
    }

    /// `signature_wrong 3`: each line's reason, and how many requests it is about.
    private List<String> lines() {
        return written.events().stream().map(RefusalLogTest::line).toList();
    }

    private static String line(ILoggingEvent event) {
        return event.getKeyValuePairs().stream()
                .filter(pair -> pair.key.equals("reason") || pair.key.equals("requests"))
                .map((KeyValuePair pair) -> String.valueOf(pair.value))
                .collect(Collectors.joining(" "));
    }

    @Test
    void each_reason_has_a_line_of_its_own_within_one_second() {
        refuse(Refusal.SIGNATURE_MISSING);
        refuse(Refusal.SIGNATURE_WRONG);
        refuse(Refusal.SIGNATURE_MISSING);

        assertEquals(List.of("signature_missing 1", "signature_wrong 1"), lines());
    }

    @Test
    void who_guesses_fast_fills_no_log_and_is_counted_all_the_same() {
        for (int i = 0; i < 1000; i++) {
            refuse(Refusal.SIGNATURE_WRONG);
        }
        now += Duration.ofSeconds(1).toNanos();
        refuse(Refusal.SIGNATURE_WRONG);

        assertEquals(List.of("signature_wrong 1", "signature_wrong 1000"), lines());
        assertEquals(
                1001,
                registry.get("sandalphone.twilio.refused")
                        .tag("reason", "signature_wrong")
                        .counter()
                        .count());
    }
}
