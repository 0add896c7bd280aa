package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.time.VirtualLoop;
import io.vertx.core.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Random;

class DuckingTest {
    private static final String ANY = "set leg VOLUME.*";

    private final VirtualLoop loop = new VirtualLoop();
    private final FakeAsterisk asterisk = new FakeAsterisk(loop);
    private final DesiredState<String> volume =
            new DesiredState<>(
                    loop, level -> asterisk.set("leg", Ducking.VOLUME, level), (_, _) -> {});
    private final Ducking ducking = new Ducking(loop, volume);

    @BeforeEach
    void leg() {
        asterisk.arrive("leg", "+12125550101");
    }

    private String level() {
        return asterisk.channel("leg").variables.getOrDefault(Ducking.VOLUME, "0");
    }

    private void millis(int millis) {
        loop.advance(Duration.ofMillis(millis));
    }

    @Test
    void the_voice_sinks_and_rises_in_two_steps_20_ms_apart() {
        ducking.sink(12);
        millis(10);
        assertEquals("-2", level());
        millis(20);
        assertEquals("-4", level());
        Future<Void> risen = ducking.rise();
        millis(15);
        assertEquals("-2", level());
        assertFalse(risen.isComplete());
        millis(20);
        assertEquals("0", level());
        assertTrue(risen.isComplete());
        assertEquals(4, asterisk.requests.size(), asterisk.requests::toString);
    }

    @ParameterizedTest
    @CsvSource({"6, -1.41, -2", "9, -1.68, -2.82", "18, -2.82, -8", "40, -10, -100"})
    void it_sinks_as_deep_as_is_wanted_by_the_factors_that_asterisk_knows(
            double decibels, String half, String whole) {
        ducking.sink(decibels);
        millis(10);
        assertEquals(half, level());
        millis(20);
        assertEquals(whole, level());
    }

    @Test
    void the_voice_rises_when_what_sounded_over_it_has_been_heard_unless_it_is_to_sink_again() {
        ducking.sink(12);
        millis(100);
        ducking.riseWhenHeard();
        millis(15);
        ducking.sink(12);
        millis(200);
        assertEquals("-4", level());
        ducking.riseWhenHeard();
        millis(15);
        assertEquals("-4", level());
        millis(60);
        assertEquals("0", level());
    }

    @Test
    void a_voice_that_was_never_low_is_not_touched() {
        assertTrue(ducking.rise().isComplete());
        millis(1000);
        assertEquals(List.of(), asterisk.requests);
    }

    @Test
    void whichever_request_of_sinking_and_rising_is_lost_or_refused_the_voice_comes_back() {
        for (int which = 0; which < 4; which++) {
            for (String how : List.of("lose", "drop", "refuse")) {
                var test = new DuckingTest();
                test.leg();
                String request =
                        ANY.replace(".*", ".*=" + List.of("-2", "-4", "-2", "0").get(which));
                if (which < 2) {
                    test.trouble(how, request);
                }
                test.ducking.sink(12);
                test.millis(100);
                if (which >= 2) {
                    test.trouble(how, request);
                }
                Future<Void> risen = test.ducking.rise();
                test.millis(20_000);
                assertTrue(risen.isComplete(), how + " " + which);
                assertEquals("0", test.level(), how + " " + which + test.asterisk.requests);
            }
        }
    }

    private void trouble(String how, String request) {
        var _ =
                switch (how) {
                    case "lose" -> asterisk.lose(request, 1);
                    case "drop" -> asterisk.drop(request, 1);
                    default -> asterisk.refuse(request, 2, 500);
                };
    }

    @Test
    void a_voice_is_not_known_to_have_risen_before_asterisk_says_so() {
        ducking.sink(12);
        millis(100);
        var refusals = asterisk.refuse(ANY, 6, 500);
        Future<Void> risen = ducking.rise();
        millis(3000);
        assertFalse(risen.isComplete());
        millis(20_000);
        assertEquals(6, refusals.fired());
        assertTrue(risen.isComplete());
        assertEquals("0", level());
    }

    @Test
    void a_leg_that_is_gone_needs_nothing_more() {
        ducking.sink(12);
        millis(100);
        asterisk.channels.clear();
        Future<Void> risen = ducking.rise();
        millis(100);
        assertTrue(risen.isComplete());
        long before = asterisk.requests.size();
        millis(60_000);
        assertEquals(before, asterisk.requests.size());
    }

    @Test
    void whatever_is_lost_and_whenever_it_changes_the_voice_ends_where_it_was_wanted_last() {
        long seed = new Random().nextLong();
        var chance = new Random(seed);
        for (int round = 0; round < 300; round++) {
            var test = new DuckingTest();
            test.leg();
            boolean low = false;
            for (int i = chance.nextInt(12); i >= 0; i--) {
                switch (chance.nextInt(5)) {
                    case 0 -> test.trouble("lose", ANY);
                    case 1 -> test.trouble("drop", ANY);
                    case 2 -> test.trouble("refuse", ANY);
                    case 3 ->
                            test.asterisk.carryOutLate(
                                    ANY, 1, Duration.ofMillis(chance.nextInt(9000)));
                    default -> {}
                }
                low = chance.nextBoolean();
                if (low) {
                    test.ducking.sink(12);
                } else {
                    var _ = test.ducking.rise();
                }
                test.millis(chance.nextInt(chance.nextBoolean() ? 60 : 8000));
            }
            test.millis(120_000);
            assertEquals(low ? "-4" : "0", test.level(), "seed " + seed + " round " + round);
        }
    }
}
