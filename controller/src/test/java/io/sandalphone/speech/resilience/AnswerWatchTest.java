package io.sandalphone.speech.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.resilience.AnswerWatch.Verdict;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;

/// Times are milliseconds; a position is eight times as many.
class AnswerWatchTest {
    private static final Verdict WAIT = new Verdict.Wait();
    private static final Verdict STALLED = new Verdict.Stalled();
    private static final Deadlines RECOGNIZER =
            Deadlines.ofRecognizer(Duration.ofSeconds(5), Optional.of(Duration.ofSeconds(5)));

    private final AnswerWatch watch = new AnswerWatch();

    private void started(int at) {
        watch.started(at * 8L, nanos(at));
    }

    /// The voice detector notices it half a second later.
    private void ended(int at) {
        watch.ended(at * 8L, nanos(at + 500));
    }

    private void told(int start, int end, int at) {
        watch.told(start * 8L, end * 8L, nanos(at));
    }

    private void answered(int end, int at) {
        watch.answered(end * 8L, nanos(at));
    }

    private Verdict judge(int at) {
        return watch.judge(RECOGNIZER, nanos(at));
    }

    private static Verdict givenUp(int start, int end) {
        return new Verdict.GivenUp(start * 8L, end * 8L);
    }

    /// A session begins that hears what lies behind `from`, as slowly as it was said.
    private void begun(int from, int at) {
        watch.begun(from * 8L, nanos(at));
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
        assertEquals(STALLED, judge(6001));
    }

    @Test
    void words_told_while_somebody_speaks_on_are_patience_for_the_next() {
        started(1000);
        told(1000, 1400, 1700);
        told(1000, 5000, 5300);

        assertEquals(WAIT, judge(10_299));
        assertEquals(STALLED, judge(10_301));
    }

    @Test
    void words_of_an_utterance_before_say_nothing_of_this_one() {
        started(1000);
        ended(2000);
        started(2800);
        told(1000, 1400, 4800);

        answered(1900, 7400);
        assertEquals(WAIT, judge(7799));
        assertEquals(STALLED, judge(7801));
    }

    @Test
    void what_two_sessions_did_not_answer_is_given_up() {
        started(1000);
        ended(2000);
        assertEquals(STALLED, judge(7501));
        begun(1500, 7500);

        assertEquals(WAIT, judge(12_999));
        assertEquals(givenUp(1000, 2000), judge(13_001));
    }

    @Test
    void speech_that_goes_on_is_heard_twice_and_not_again_and_again() {
        started(1000);
        assertEquals(STALLED, judge(6001));
        begun(1000, 6500);
        assertEquals(WAIT, judge(11_500));
        assertEquals(WAIT, judge(16_500));
        ended(17_000);

        assertEquals(givenUp(1000, 17_000), judge(22_501));
    }

    @Test
    void a_session_that_answered_may_stall_like_the_one_before() {
        started(1000);
        assertEquals(STALLED, judge(6001));
        begun(1000, 6500);
        told(1000, 1400, 7000);

        assertEquals(STALLED, judge(12_001));
    }

    @Test
    void an_end_that_the_service_noticed_first_is_not_waited_for() {
        started(1000);
        answered(1900, 2400);

        ended(2000);
        assertEquals(WAIT, judge(60_000));
    }

    @Test
    void an_utterance_whose_beginning_was_not_heard_is_not_waited_for() {
        ended(2000);
        assertEquals(WAIT, judge(60_000));
    }

    @Test
    void a_service_that_tells_what_came_later_had_nothing_to_say_before() {
        started(1000);
        ended(1200);
        started(2000);
        told(2000, 2400, 2700);
        told(2000, 6000, 6300);

        assertEquals(WAIT, judge(6700));
    }

    @Test
    void a_noise_that_goes_on_is_no_stall_while_the_engine_says_that_it_hears_no_words() {
        started(1000);
        told(1000, 4000, 4200);
        assertEquals(WAIT, judge(6000));
        told(1000, 9000, 9100);
        assertEquals(WAIT, judge(14_000));

        assertEquals(STALLED, judge(14_101));
    }

    @Test
    void a_direct_interpreter_is_given_nothing_up_and_owes_nothing_while_somebody_speaks() {
        var interpreter =
                Deadlines.ofInterpreter(
                        Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(1));
        started(1000);
        assertEquals(WAIT, watch.judge(interpreter, nanos(60_000)));
        ended(60_500);
        assertEquals(STALLED, watch.judge(interpreter, nanos(64_001)));
        begun(1000, 64_500);
        watch.spoke(nanos(66_000));
        assertEquals(WAIT, watch.judge(interpreter, nanos(68_999)));
        assertEquals(STALLED, watch.judge(interpreter, nanos(69_001)));
    }
}
