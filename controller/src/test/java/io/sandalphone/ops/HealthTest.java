package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How the gateway is, by what does not work.
class HealthTest {
    @ParameterizedTest
    @CsvSource({
        "'', up, 200",
        "NOTICE, up, 200",
        "INTERPRETATION, degraded, 200",
        "SOME_CALLS, degraded, 200",
        "CALLS, down, 503",
        "NOTICE INTERPRETATION, degraded, 200",
        "SOME_CALLS SOME_CALLS INTERPRETATION, degraded, 200",
        "INTERPRETATION CALLS, down, 503",
        "CALLS SOME_CALLS NOTICE, down, 503"
    })
    void the_worst_of_what_does_not_work_counts(String broken, String status, int http) {
        List<HealthCheck> checks =
                Arrays.stream(broken.split(" "))
                        .filter(kind -> !kind.isEmpty())
                        .map(
                                kind ->
                                        new HealthCheck(
                                                "part",
                                                HealthCheck.Kind.valueOf(kind),
                                                () -> Optional.of("it is gone")))
                        .toList();
        Health health = Health.of(checks);
        assertEquals(status, health.word().getString("status"));
        assertEquals(http, health.status().httpStatus());
    }
}
