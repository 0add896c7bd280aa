package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.time.VirtualLoop;
import io.vertx.core.Future;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

class ResourcesTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final FakeAsterisk asterisk = new FakeAsterisk(loop);
    private final Resources resources = new Resources(loop, asterisk);

    private void make(String leg, String bridge) {
        resources.channel(leg, () -> asterisk.createLeg(leg, "PJSIP/1@voipms", "", Map.of()));
        resources.bridge(bridge, () -> asterisk.createBridge(bridge));
    }

    private void seconds(int seconds) {
        loop.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void all_that_was_made_is_removed_channels_before_bridges() {
        make("c", "b");
        seconds(1);
        asterisk.requests.clear();
        Future<Boolean> removed = resources.removeAll(HangupCause.BUSY);
        seconds(1);
        assertEquals(true, removed.result());
        assertEquals(List.of("hangup c BUSY", "destroy b"), asterisk.requests);
        assertTrue(asterisk.channels.isEmpty());
        assertTrue(asterisk.bridges.isEmpty());
    }

    @Test
    void what_is_still_being_made_is_waited_for_and_holds_nothing_else_up() {
        asterisk.answerLate("create slow", 1, Duration.ofSeconds(3));
        make("quick", "b");
        make("slow", "b2");
        loop.advance(Duration.ofMillis(100));
        Future<Boolean> removed = resources.removeAll(HangupCause.NORMAL);
        loop.advance(Duration.ofMillis(100));
        assertEquals(Set.of("slow"), asterisk.channels.keySet());
        assertFalse(removed.isComplete());
        seconds(4);
        assertEquals(true, removed.result());
        assertTrue(asterisk.channels.isEmpty());
    }

    @Test
    void what_is_to_be_kept_is_kept() {
        make("c", "b");
        make("c2", "b2");
        seconds(1);
        Future<Boolean> removed = resources.removeAllBut(Set.of("c", "b2"));
        seconds(1);
        assertEquals(true, removed.result());
        assertEquals(Set.of("c"), asterisk.channels.keySet());
        assertEquals(Set.of("b2"), asterisk.bridges.keySet());
    }

    @Test
    void a_removal_without_success_is_repeated_for_eight_seconds_and_then_told() {
        make("c", "b");
        seconds(1);
        asterisk.refuse("hangup c .*", 10_000, 500);
        Future<Boolean> removed = resources.removeAll(HangupCause.NORMAL);
        seconds(7);
        assertFalse(removed.isComplete());
        seconds(6);
        assertEquals(false, removed.result());
        assertTrue(asterisk.bridges.isEmpty(), "the other one");
        long asked = asterisk.asked("hangup c .*");
        assertTrue(asked > 4 && asked < 10, asked + " requests");
        seconds(60);
        assertEquals(asked, asterisk.asked("hangup c .*"));
    }

    @Test
    void what_a_living_call_discards_is_asked_for_until_it_is_gone() {
        make("c", "b");
        seconds(1);
        asterisk.refuse("hangup c .*", 10, 500);
        resources.discard(List.of("c"), List.of());
        seconds(20);
        assertTrue(asterisk.channels.containsKey("c"));
        seconds(60);
        assertTrue(asterisk.channels.isEmpty());
    }

    @Test
    void discarding_ends_with_the_call() {
        make("c", "b");
        seconds(1);
        asterisk.refuse("hangup c .*", 10_000, 500);
        resources.discard(List.of("c"), List.of());
        seconds(20);
        var _ = resources.removeAll(HangupCause.NORMAL);
        seconds(30);
        long asked = asterisk.asked("hangup c .*");
        seconds(60);
        assertEquals(asked, asterisk.asked("hangup c .*"));
    }

    @Test
    void what_was_discarded_is_not_wanted_although_it_may_still_be_there() {
        make("c", "b");
        seconds(1);
        assertTrue(resources.wants("c"));
        asterisk.refuse("hangup c .*", 3, 500);
        resources.discard(List.of("c"), List.of());
        loop.advance(Duration.ofMillis(10));
        assertFalse(resources.wants("c"));
    }

    @Test
    void a_bridge_whose_making_was_not_answered_may_still_be_made() {
        make("c", "b");
        seconds(1);
        assertFalse(resources.mayGrow());
        asterisk.refuse("bridge refused", 1, 500);
        resources.bridge("refused", () -> asterisk.createBridge("refused"));
        seconds(1);
        assertFalse(resources.mayGrow());
        asterisk.drop("bridge lost", 1);
        resources.bridge("lost", () -> asterisk.createBridge("lost"));
        seconds(6);
        assertTrue(resources.mayGrow());
    }
}
