package io.sandalphone.telephony.asterisk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.loway.oss.ari4java.generated.models.Channel;

import io.sandalphone.telephony.asterisk.ari.AriException;
import io.sandalphone.time.VirtualLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class StasisTrackerTest {
    private final VirtualLoop loop = new VirtualLoop();
    private final FakeAsterisk asterisk = new FakeAsterisk(loop);
    private final StasisTracker tracker = new StasisTracker(loop);
    private final Channel channel = asterisk.model(asterisk.arrive("1", "+12125550101"));
    private final Promise<Channel> creation = Promise.promise();

    @Test
    void a_channel_may_come_before_it_is_waited_for_and_before_its_creation_is_answered() {
        tracker.entered(channel);
        assertSame(channel, tracker.await("1", creation.future()).result());
    }

    @Test
    void a_channel_may_come_after_its_creation_was_answered() {
        Future<Channel> there = tracker.await("1", creation.future());
        creation.complete(channel);
        assertFalse(there.isComplete());
        tracker.entered(channel);
        assertSame(channel, there.result());
    }

    @Test
    void a_creation_without_an_answer_is_no_failure_and_a_refused_one_is() {
        Future<Channel> there = tracker.await("1", creation.future());
        creation.fail(new AriException(AriException.NO_ANSWER, "lost", null));
        assertFalse(there.isComplete());
        tracker.entered(channel);
        assertTrue(there.succeeded());

        Promise<Channel> refused = Promise.promise();
        Future<Channel> never = tracker.await("2", refused.future());
        refused.fail(new AriException(500, "refused", null));
        assertTrue(never.failed());
    }

    @Test
    void a_channel_that_does_not_come_is_waited_for_five_seconds_and_may_be_waited_for_again() {
        Future<Channel> there = tracker.await("1", creation.future());
        loop.advance(Duration.ofMillis(4999));
        assertFalse(there.isComplete());
        loop.advance(Duration.ofMillis(1));
        assertTrue(there.failed());
        Future<Channel> again = tracker.await("1", creation.future());
        tracker.entered(channel);
        assertTrue(again.succeeded());
    }

    @Test
    void a_channel_that_ends_before_it_came_is_waited_for_no_longer() {
        Future<Channel> there = tracker.await("1", creation.future());
        tracker.left("1");
        assertTrue(there.failed());
    }

    @Test
    void one_that_left_is_not_there_any_more() {
        tracker.entered(channel);
        assertTrue(tracker.has("1"));
        tracker.left("1");
        assertFalse(tracker.has("1"));
        assertFalse(tracker.await("1", creation.future()).isComplete());
    }

    @Test
    void two_who_wait_for_the_same_channel_are_both_told() {
        Future<Channel> one = tracker.await("1", creation.future());
        Future<Channel> other = tracker.await("1", creation.future());
        tracker.entered(channel);
        assertEquals(one.result(), other.result());
    }
}
