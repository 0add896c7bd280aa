package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.asterisk.DesiredState.Outcome;
import io.sandalphone.time.VirtualLoop;
import io.vertx.core.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

class DesiredStateTest {
    private static final String ANY = "set leg .*";

    private final VirtualLoop loop = new VirtualLoop();
    private final FakeAsterisk asterisk = new FakeAsterisk(loop);
    private int repeated;
    private final DesiredState<String> state =
            new DesiredState<>(
                    loop, value -> asterisk.set("leg", "LEVEL", value), (_, _) -> repeated++);

    @BeforeEach
    void leg() {
        asterisk.arrive("leg", "+12125550101");
    }

    private String level() {
        return asterisk.channel("leg").variables.getOrDefault("LEVEL", "none");
    }

    @Test
    void what_is_granted_is_asked_for_once() {
        Future<Outcome> wish = state.want("1");
        loop.advance(Duration.ofMinutes(1));
        assertEquals(Outcome.HOLDS, wish.result());
        assertEquals(1, asterisk.requests.size(), asterisk.requests::toString);
        assertEquals(0, repeated);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422, 500, 503})
    void a_refusal_is_repeated_until_the_state_holds(int status) {
        var refusals = asterisk.refuse(ANY, 3, status);
        Future<Outcome> wish = state.want("1");
        loop.advance(Duration.ofMillis(1700));
        assertFalse(wish.isComplete());
        loop.advance(Duration.ofMillis(100));
        assertEquals(3, refusals.fired());
        assertEquals(Outcome.HOLDS, wish.result());
        assertEquals("1", level());
        assertEquals(3, repeated);
    }

    @Test
    void pauses_between_requests_double_up_to_five_seconds() {
        asterisk.refuse(ANY, 1000, 500);
        state.want("1");
        loop.advance(Duration.ofSeconds(10));
        // After 0.25, 0.5, 1, 2 and 4 s; the next would be after 12.75 s.
        assertEquals(6, asterisk.requests.size());
        loop.advance(Duration.ofSeconds(60));
        assertEquals(6 + 12, asterisk.requests.size());
    }

    @Test
    void a_lost_answer_is_asked_for_again_and_so_is_a_request_that_never_arrived() {
        var lost = asterisk.lose(ANY, 1);
        Future<Outcome> wish = state.want("1");
        loop.advance(Duration.ofMillis(5300));
        assertEquals(1, lost.fired());
        assertEquals(Outcome.HOLDS, wish.result());
        var dropped = asterisk.drop(ANY, 1);
        wish = state.want("2");
        loop.advance(Duration.ofMillis(5300));
        assertEquals(1, dropped.fired());
        assertEquals(Outcome.HOLDS, wish.result());
        assertEquals("2", level());
    }

    @Test
    void what_is_not_found_is_gone_and_asked_for_no_more() {
        asterisk.channels.clear();
        Future<Outcome> wish = state.want("1");
        loop.advance(Duration.ofMinutes(1));
        assertEquals(Outcome.GONE, wish.result());
        assertEquals(Outcome.GONE, state.want("2").result());
        assertEquals(1, asterisk.requests.size());
    }

    @Test
    void one_request_is_under_way_at_a_time_and_the_last_wish_counts() {
        asterisk.answerLate("set leg LEVEL=1", 1, Duration.ofSeconds(1));
        Future<Outcome> first = state.want("1");
        Future<Outcome> second = state.want("2");
        Future<Outcome> third = state.want("3");
        loop.advance(Duration.ofMillis(900));
        assertEquals(1, asterisk.requests.size());
        assertEquals(Outcome.SUPERSEDED, first.result());
        assertEquals(Outcome.SUPERSEDED, second.result());
        assertFalse(third.isComplete());
        loop.advance(Duration.ofMillis(200));
        assertEquals(Outcome.HOLDS, third.result());
        assertEquals("3", level());
        assertEquals(0, asterisk.asked("set leg LEVEL=2"));
    }

    @Test
    void another_wish_does_not_wait_for_the_pause_of_one_that_failed() {
        asterisk.refuse("set leg LEVEL=1", 1000, 500);
        state.want("1");
        loop.advance(Duration.ofSeconds(5));
        Future<Outcome> other = state.want("2");
        loop.advance(Duration.ofMillis(10));
        assertEquals(Outcome.HOLDS, other.result());
        loop.advance(Duration.ofMinutes(1));
        assertEquals("2", level());
    }

    @Test
    void the_same_wish_given_again_makes_no_further_request() {
        asterisk.refuse(ANY, 1, 500);
        Future<Outcome> wish = state.want("1");
        loop.advance(Duration.ofMillis(100));
        assertEquals(wish, state.want("1"));
        assertEquals(1, asterisk.requests.size());
    }

    @Test
    void a_request_that_is_carried_out_after_the_next_one_does_not_last() {
        var stuck = asterisk.carryOutLate("set leg LEVEL=1", 1, Duration.ofSeconds(9));
        state.want("1");
        Future<Outcome> wish = state.want("2");
        loop.advance(Duration.ofMillis(5100));
        assertEquals(1, stuck.fired());
        assertEquals(Outcome.HOLDS, wish.result());
        assertEquals("2", level());
        loop.advance(Duration.ofSeconds(5));
        assertEquals("1", level(), "the straggler");
        loop.advance(Duration.ofMinutes(1));
        assertEquals("2", level());
        assertEquals(2, asterisk.asked("set leg LEVEL=2"));
    }

    @Test
    void a_straggler_is_remembered_although_what_it_asked_for_was_granted_since() {
        asterisk.carryOutLate("set leg LEVEL=1", 1, Duration.ofSeconds(8));
        state.want("1");
        loop.advance(Duration.ofSeconds(6));
        assertEquals("1", level());
        state.want("2");
        loop.advance(Duration.ofMillis(100));
        assertEquals("2", level());
        loop.advance(Duration.ofMinutes(1));
        assertEquals("2", level());
    }

    @Test
    void nothing_is_asked_for_once_it_is_dropped_or_gone() {
        asterisk.refuse(ANY, 1000, 500);
        Future<Outcome> wish = state.want("1");
        loop.advance(Duration.ofSeconds(1));
        state.drop();
        assertEquals(Outcome.SUPERSEDED, wish.result());
        long before = asterisk.requests.size();
        assertTrue(before > 1);
        loop.advance(Duration.ofMinutes(1));
        assertEquals(before, asterisk.requests.size());
    }
}
