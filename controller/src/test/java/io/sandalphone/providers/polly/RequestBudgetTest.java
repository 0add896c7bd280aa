package io.sandalphone.providers.polly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.TimeMeter;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RequestBudgetTest {
    private static final Optional<PollyEngine> STANDARD = Optional.of(PollyEngine.STANDARD);
    private static final Optional<PollyEngine> NEURAL = Optional.of(PollyEngine.NEURAL);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private long now = 0;

    @Test
    void what_was_saved_up_goes_at_once_and_the_rest_at_the_rate() throws Exception {
        var budget = budget(new Quota(5, 7), SECOND, false);
        List<Long> admitted = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            assertEquals(NEURAL, budget.admit(PollyEngine.NEURAL));
            admitted.add(now / 1_000_000);
        }
        assertEquals(List.of(0L, 0L, 200L, 400L, 600L, 800L), admitted);
    }

    @Test
    void no_second_sees_more_than_the_burst() throws Exception {
        var budget = budget(new Quota(7, 9), Duration.ofSeconds(10), false);
        List<Long> admitted = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            assertEquals(NEURAL, budget.admit(PollyEngine.NEURAL));
            admitted.add(now);
        }
        long most =
                admitted.stream()
                        .mapToLong(
                                from ->
                                        admitted.stream()
                                                .filter(
                                                        at ->
                                                                at >= from
                                                                        && at
                                                                                < from
                                                                                        + 1_000_000_000)
                                                .count())
                        .max()
                        .orElseThrow();
        assertTrue(most <= 9, () -> "" + most);
    }

    @Test
    void who_would_wait_too_long_is_turned_away_at_once() throws Exception {
        var budget = budget(new Quota(1, 2), Duration.ofMillis(900), false);

        assertEquals(NEURAL, budget.admit(PollyEngine.NEURAL));
        assertEquals(Optional.empty(), budget.admit(PollyEngine.NEURAL));
        assertEquals(0, now);
        now += 100_000_000;
        assertEquals(NEURAL, budget.admit(PollyEngine.NEURAL));
    }

    @Test
    void what_overflows_goes_to_the_standard_engine_without_a_wait() throws Exception {
        var budget = budget(new Quota(1, 2), SECOND, true);

        assertEquals(NEURAL, budget.admit(PollyEngine.NEURAL));
        assertEquals(STANDARD, budget.admit(PollyEngine.NEURAL));
        assertEquals(0, now);
    }

    @Test
    void the_standard_engine_overflows_nowhere() {
        var budget = budget(new Quota(1, 2), SECOND, true);

        assertEquals(Optional.empty(), budget.insteadOf(PollyEngine.STANDARD));
        assertEquals(STANDARD, budget.insteadOf(PollyEngine.GENERATIVE));
    }

    private RequestBudget budget(Quota quota, Duration longestWait, boolean overflow) {
        return new RequestBudget(
                Map.of(
                        PollyEngine.STANDARD, quota,
                        PollyEngine.NEURAL, quota,
                        PollyEngine.LONG_FORM, quota,
                        PollyEngine.GENERATIVE, quota),
                longestWait,
                overflow,
                new TimeMeter() {
                    @Override
                    public long currentTimeNanos() {
                        return now;
                    }

                    @Override
                    public boolean isWallClockBased() {
                        return false;
                    }
                },
                new BlockingStrategy() {
                    @Override
                    public void park(long nanos) {
                        now += nanos;
                    }
                });
    }
}
