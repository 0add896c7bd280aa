package io.sandalphone.providers.assemblyai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.providers.assemblyai.AnswerWatch.Verdict;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// Times are milliseconds; a position is eight times as many.
class AnswerWatchTest {
    private static final Verdict WAIT = new Verdict.Wait();
    private static final Verdict STALLED = new Verdict.Stalled();
    private static final double SPEECH = 0.8;
    private static final double NOISE = 0.1;

    private final AnswerWatch watch = new AnswerWatch(Duration.ofSeconds(5));

    private void started(int at) {
        watch.started(at * 8L, nanos(at));
    }

    /// The voice detector notices it half a second later.
    private boolean ended(int at) {
        return watch.ended(at * 8L, nanos(at + 500));
    }

    private void told(int start, int end, int at) {
        watch.told(start * 8L, end * 8L, nanos(at));
    }

    private List<Duration> answered(int end, int at) {
        return watch.answered(end * 8L, nanos(at));
    }

    private void heartbeat(double probability, int at) {
        watch.heartbeat(probability, nanos(at));
    }

    private Verdict judge(int at) {
        return watch.judge(false, nanos(at));
    }

    private static Verdict givenUp(int start, int end) {
        return new Verdict.GivenUp(start * 8L, end * 8L);
    }

    /// It is sent at once what was said before `hurried`, and the rest as slowly as it was said.
    private void sessionBegan(int hurried, int at) {
        watch.sessionBegan(
                position -> Duration.ofMillis(Math.max(0, position / 8 - hurried)), nanos(at));
    }

    private static long nanos(int millis) {
        return millis * 1_000_000L;
    }

    @Test
    void nothing_is_expected_of_silence() {
        assertEquals(WAIT, judge(1_000_000));
    }

    @Test
    void a_service_that_tells_no_words_is_noticed_while_somebody_speaks() {
        started(1000);

        assertEquals(WAIT, judge(5999));
        assertEquals(STALLED, judge(6000));
    }

    @Test
    void words_told_while_somebody_speaks_on_are_patience_for_the_next() {
        started(1000);
        told(1000, 1400, 1700);
        told(1000, 5000, 5300);

        assertEquals(WAIT, judge(10_299));
        assertEquals(STALLED, judge(10_300));
    }

    @Test
    void words_of_an_utterance_before_say_nothing_of_this_one() {
        started(1000);
        assertTrue(ended(2000));
        started(2800);
        told(1000, 1400, 4800);

        assertEquals(List.of(Duration.ofMillis(4900)), answered(1900, 7400));
        assertEquals(WAIT, judge(7799));
        assertEquals(STALLED, judge(7800));
    }

    @Test
    void a_heartbeat_is_no_answer() {
        started(1000);
        ended(2000);
        heartbeat(SPEECH, 3000);

        assertEquals(STALLED, judge(7500));
    }

    @Test
    void an_utterance_in_which_the_service_hears_no_speech_is_given_up() {
        started(1000);
        ended(1200);
        heartbeat(NOISE, 4000);

        assertEquals(WAIT, judge(6699));
        assertEquals(givenUp(1000, 1200), judge(6700));
        assertEquals(WAIT, judge(60_000));
    }

    @Test
    void a_noise_that_goes_on_is_no_stall_while_the_service_says_that_it_is_noise() {
        started(1000);
        heartbeat(NOISE, 4000);
        assertEquals(WAIT, judge(6000));
        heartbeat(NOISE, 9000);
        assertEquals(WAIT, judge(11_000));

        assertEquals(STALLED, judge(16_000));
    }

    @Test
    void a_heartbeat_that_comes_as_speech_begins_says_nothing_of_it() {
        started(1000);
        heartbeat(NOISE, 1400);

        assertEquals(STALLED, judge(6000));
    }

    @Test
    void speech_that_was_heard_is_not_taken_for_noise_by_the_silence_after_it() {
        started(1000);
        heartbeat(SPEECH, 1900);
        ended(2000);
        heartbeat(NOISE, 6900);

        assertEquals(STALLED, judge(7500));
    }

    @Test
    void a_turn_left_open_is_a_stall_whatever_else_the_service_says() {
        started(1000);
        told(1000, 1400, 1700);
        ended(2000);
        heartbeat(NOISE, 4000);

        assertEquals(STALLED, watch.judge(true, nanos(7500)));
    }

    @Test
    void what_two_sessions_did_not_answer_is_given_up() {
        started(1000);
        ended(2000);
        assertEquals(STALLED, judge(7500));
        assertEquals(List.of(2000 * 8L), watch.ends());
        sessionBegan(1500, 8000);

        assertEquals(WAIT, judge(13_499));
        assertEquals(givenUp(1000, 2000), judge(13_500));
    }

    @Test
    void speech_that_goes_on_is_heard_twice_and_not_again_and_again() {
        started(1000);
        assertEquals(STALLED, judge(6000));
        sessionBegan(1500, 6500);
        assertEquals(WAIT, judge(11_500));
        assertEquals(WAIT, judge(16_500));
        ended(17_000);

        assertEquals(givenUp(1000, 17_000), judge(22_500));
    }

    @Test
    void a_session_that_answered_may_stall_like_the_one_before() {
        started(1000);
        assertEquals(STALLED, judge(6000));
        sessionBegan(1500, 6500);
        told(1000, 1400, 7000);

        assertEquals(STALLED, judge(12_000));
    }

    @Test
    void an_end_that_the_service_noticed_first_is_not_waited_for() {
        started(1000);
        answered(1900, 2400);

        assertFalse(ended(2000));
        assertEquals(WAIT, judge(60_000));
    }

    @Test
    void an_utterance_whose_beginning_was_not_heard_is_not_waited_for() {
        assertTrue(ended(2000));
        assertEquals(WAIT, judge(60_000));
        assertEquals(List.of(), watch.ends());
    }

    @Test
    void a_service_that_tells_what_came_later_had_nothing_to_say_before() {
        started(1000);
        ended(1200);
        started(2000);
        told(2000, 2400, 2700);
        told(2000, 6000, 6300);

        assertEquals(WAIT, watch.judge(true, nanos(6700)));
    }
}
