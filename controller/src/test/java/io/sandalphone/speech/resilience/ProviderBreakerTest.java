package io.sandalphone.speech.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.resilience.ProviderBreaker.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

class ProviderBreakerTest {
    private final TestTime time = new TestTime();
    private int opened;
    private int closed;
    private final ProviderBreaker breaker =
            new ProviderBreaker(
                    "one",
                    new ResilienceSettings.Breaker(50, 10, 4, Duration.ofSeconds(10), 1),
                    time,
                    new ProviderBreaker.Listener() {
                        @Override
                        public void opened() {
                            opened++;
                        }

                        @Override
                        public void closed() {
                            closed++;
                        }
                    });

    private void call(Verdict verdict) {
        breaker.tryAcquire().orElseThrow().judge(verdict);
    }

    private void open() {
        call(Verdict.REFUSAL);
        assertTrue(breaker.open());
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, 4",
        "TIMEOUT, 4",
        "OVERLOADED, 4",
        "PROVIDER_FAULT, 4",
        "REQUEST, 4",
        "QUOTA, 1",
        "CREDENTIALS, 1"
    })
    void it_opens_after_as_many_failures_as_their_kind_takes(Kind kind, int failures) {
        for (int i = 1; i < failures; i++) {
            call(Verdict.of(kind));
            assertFalse(breaker.open(), "after " + i);
        }
        call(Verdict.of(kind));
        assertTrue(breaker.open());
        assertEquals(1, opened);
        assertTrue(breaker.tryAcquire().isEmpty());
    }

    @Test
    void one_odd_text_among_others_does_not_open_it() {
        for (int i = 0; i < 20; i++) {
            call(i % 4 == 3 ? Verdict.DOUBTFUL : Verdict.SUCCESS);
        }
        assertFalse(breaker.open());
    }

    @Test
    void one_trial_is_let_through_when_its_time_is_over_and_closes_it() {
        open();
        time.pass(Duration.ofSeconds(10));
        assertTrue(breaker.tryAcquire().isEmpty());
        time.pass(Duration.ofMillis(1));
        assertFalse(breaker.open());
        ProviderBreaker.Permit trial = breaker.tryAcquire().orElseThrow();
        assertTrue(breaker.tryAcquire().isEmpty());
        trial.judge(Verdict.SUCCESS);
        assertEquals(1, closed);
        assertTrue(breaker.closed());
    }

    @Test
    void a_failed_trial_opens_it_again_for_as_long() {
        open();
        time.pass(Duration.ofSeconds(11));
        call(Verdict.FAILURE);
        assertEquals(2, opened);
        time.pass(Duration.ofSeconds(9));
        assertTrue(breaker.open());
    }

    @Test
    void a_trial_with_an_odd_text_decides_nothing_and_leaves_room_for_the_next() {
        open();
        time.pass(Duration.ofSeconds(11));
        call(Verdict.DOUBTFUL);
        assertEquals(1, breaker.state());
        call(Verdict.SUCCESS);
        assertTrue(breaker.closed());
    }

    @Test
    void a_trial_that_is_given_back_leaves_room_for_the_next_once() {
        open();
        time.pass(Duration.ofSeconds(11));
        ProviderBreaker.Permit trial = breaker.tryAcquire().orElseThrow();
        trial.giveBack();
        trial.giveBack();
        assertTrue(breaker.tryAcquire().isPresent());
        assertTrue(breaker.tryAcquire().isEmpty());
    }

    @Test
    void what_began_before_it_opened_decides_no_trial() {
        ProviderBreaker.Permit before = breaker.tryAcquire().orElseThrow();
        ProviderBreaker.Permit alsoBefore = breaker.tryAcquire().orElseThrow();
        open();
        time.pass(Duration.ofSeconds(11));
        ProviderBreaker.Permit trial = breaker.tryAcquire().orElseThrow();
        before.judge(Verdict.SUCCESS);
        alsoBefore.giveBack();
        assertEquals(1, breaker.state());
        assertTrue(breaker.tryAcquire().isEmpty());
        trial.judge(Verdict.SUCCESS);
        assertTrue(breaker.closed());
    }

    @Test
    void what_worked_for_long_and_then_failed_counts_as_a_failure() {
        for (int i = 0; i < 2; i++) {
            ProviderBreaker.Permit connection = breaker.tryAcquire().orElseThrow();
            connection.judge(Verdict.SUCCESS);
            connection.judge(Verdict.FAILURE);
        }
        assertTrue(breaker.open());
    }
}
