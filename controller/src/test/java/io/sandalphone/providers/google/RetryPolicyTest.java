package io.sandalphone.providers.google;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.SpeechException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Optional;

class RetryPolicyTest {
    private static final Duration LONG = Duration.ofSeconds(4);

    private final RetryPolicy policy =
            new RetryPolicy(2, Duration.ofMillis(100), Duration.ofMillis(400));

    @ParameterizedTest
    @EnumSource
    void only_what_may_be_retried_is_retried(Kind kind) {
        assertEquals(kind.worthRetrying(), policy.pause(kind, 0, LONG, 0).isPresent());
    }

    @Test
    void the_pause_lies_anywhere_between_its_bounds() {
        assertEquals(Optional.of(Duration.ofMillis(100)), pause(0, LONG, 0));
        assertEquals(Optional.of(Duration.ofMillis(250)), pause(1, LONG, 0.5));
        assertEquals(Optional.of(Duration.ofMillis(400)), pause(1, LONG, 1));
    }

    @Test
    void after_two_repeats_it_is_over() {
        assertEquals(Optional.empty(), pause(2, LONG, 0));
    }

    @Test
    void there_is_no_pause_that_would_outlast_the_time_that_is_left() {
        assertEquals(Optional.empty(), pause(0, Duration.ofMillis(250), 0.5));
        assertEquals(Optional.empty(), pause(0, Duration.ofMillis(-5), 0));
    }

    private Optional<Duration> pause(int repeats, Duration left, double random) {
        return policy.pause(Kind.OVERLOADED, repeats, left, random);
    }
}
