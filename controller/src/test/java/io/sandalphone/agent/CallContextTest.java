package io.sandalphone.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.agent.CallContext.TellCaller;
import io.sandalphone.brain.CallFacts;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

class CallContextTest {
    private static final CallFacts FACTS =
            new CallFacts("c1", "+15551230009", "+15551230001", "J. Doe", Map.of("a", "b"));

    @ParameterizedTest
    @CsvSource({
        "NEVER, false, false", "NEVER, true, false", "UNLESS_WITHHELD, false, true",
        "UNLESS_WITHHELD, true, false", "ALWAYS, false, true", "ALWAYS, true, true"
    })
    void who_calls_is_told_as_the_settings_say(TellCaller tells, boolean withheld, boolean told) {
        assertEquals(
                told ? FACTS : new CallFacts("c1", "", "+15551230001", "", Map.of("a", "b")),
                tells.of(FACTS, withheld));
    }

    @Test
    void the_time_is_that_of_the_agents_place() {
        var there =
                new CallContext(TellCaller.NEVER, Optional.of(ZoneId.of("America/Mexico_City")));
        assertEquals(
                "2026-11-30T18:05-06:00[America/Mexico_City]",
                there.time(1_796_083_500_000L).orElseThrow().toString());
        assertEquals(Optional.empty(), CallContext.USUAL.time(0));
    }
}
