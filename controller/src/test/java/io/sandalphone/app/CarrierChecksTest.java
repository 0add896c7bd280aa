package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.ops.HealthCheck;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What is lost with a carrier depends on whether there are others.
class CarrierChecksTest {
    private static Optional<String> gone() {
        return Optional.of("it is gone");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "asterisk, '', ''",
        "asterisk, asterisk, 'asterisk CALLS'",
        "asterisk twilio, asterisk, 'asterisk SOME_CALLS'",
        "asterisk twilio, twilio, 'twilio SOME_CALLS'",
        "asterisk twilio, asterisk twilio, 'asterisk SOME_CALLS, twilio SOME_CALLS, carriers CALLS'"
    })
    void calls_are_lost_when_no_carrier_is_left(String carriers, String gone, String lost) {
        List<String> broken = Arrays.asList(gone.split(" "));
        Map<String, Supplier<Optional<String>>> all = new LinkedHashMap<>();
        Arrays.stream(carriers.split(" "))
                .filter(name -> !name.isEmpty())
                .forEach(
                        name ->
                                all.put(
                                        name,
                                        broken.contains(name)
                                                ? CarrierChecksTest::gone
                                                : Optional::empty));
        assertEquals(
                lost,
                CarrierChecks.of(all, List.of()).stream()
                        .filter(check -> check.unavailableReason().get().isPresent())
                        .map(check -> check.name() + " " + check.kind())
                        .collect(Collectors.joining(", ")));
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void a_part_of_a_carrier_is_told_by_its_own_kind(int carriers) {
        Map<String, Supplier<Optional<String>>> all = new LinkedHashMap<>();
        for (int i = 0; i < carriers; i++) {
            all.put("carrier " + i, Optional::empty);
        }
        var part =
                new HealthCheck(
                        "asterisk legs", HealthCheck.Kind.SOME_CALLS, CarrierChecksTest::gone);
        assertEquals(part, CarrierChecks.of(all, List.of(part)).getLast());
    }
}
