package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class ConnectionsTest {
    private static final String NEAR = "127.0.0.1";
    private static final String FAR = "192.0.2.7";

    private final Connections<String> connections =
            new Connections<>(
                    new ConnectionLimits(3, Duration.ofSeconds(10), Duration.ofSeconds(60)));

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }

    @Test
    void the_first_request_of_a_connection_has_its_time() {
        connections.opened("a", NEAR, seconds(100));
        assertEquals(List.of(), connections.overdue(seconds(110) - 1));
        assertEquals(List.of("a"), connections.overdue(seconds(110)));
    }

    @Test
    void a_body_has_its_time_and_an_answer_takes_as_long_as_it_takes() {
        connections.opened("a", NEAR, 0);
        connections.bodyExpected("a", seconds(9));
        assertEquals(List.of(), connections.overdue(seconds(19) - 1));
        assertEquals(List.of("a"), connections.overdue(seconds(19)));
        connections.arrived("a");
        assertEquals(List.of(), connections.overdue(seconds(10_000)));
    }

    @Test
    void the_next_request_is_waited_for_as_long_as_a_connection_may_idle() {
        connections.opened("a", NEAR, 0);
        connections.arrived("a");
        connections.answered("a", seconds(5));
        assertEquals(List.of(), connections.overdue(seconds(65) - 1));
        assertEquals(List.of("a"), connections.overdue(seconds(65)));
    }

    @Test
    void time_may_begin_anywhere() {
        connections.opened("a", NEAR, Long.MAX_VALUE - seconds(1));
        assertEquals(List.of(), connections.overdue(Long.MAX_VALUE));
        assertEquals(List.of("a"), connections.overdue(Long.MIN_VALUE + seconds(10)));
    }

    @Test
    void the_longest_waiting_makes_room() {
        connections.opened("a", NEAR, 0);
        connections.opened("b", NEAR, 1);
        connections.opened("c", NEAR, 2);
        connections.arrived("a");
        assertEquals(Optional.of("b"), connections.opened("d", NEAR, 3));
        connections.closed("b");
        connections.answered("a", 4);
        assertEquals(Optional.of("c"), connections.opened("e", NEAR, 5));
    }

    @Test
    void whoever_holds_most_makes_room_for_others() {
        connections.opened("near", NEAR, 0);
        connections.opened("far", FAR, 1);
        connections.opened("far too", FAR, 2);
        assertEquals(Optional.of("far"), connections.opened("third", "192.0.2.8", 3));
    }

    @Test
    void nobody_who_is_being_answered_makes_room() {
        for (String busy : List.of("a", "b", "c")) {
            connections.opened(busy, NEAR, 0);
            connections.arrived(busy);
        }
        assertEquals(Optional.of("d"), connections.opened("d", FAR, 1));
        connections.closed("d");
        assertEquals(3, connections.count());
    }

    @Test
    void what_is_closed_comes_back_in_no_way() {
        connections.opened("a", NEAR, 0);
        connections.closed("a");
        connections.arrived("a");
        connections.answered("a", 0);
        assertEquals(0, connections.count());
        assertEquals(List.of(), connections.overdue(Long.MAX_VALUE / 2));
    }
}
