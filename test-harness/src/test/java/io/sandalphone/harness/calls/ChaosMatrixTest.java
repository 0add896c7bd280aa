package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every fault of every vendor at every moment of a call, with nobody to take over.
@RealAsterisk
class ChaosMatrixTest {
    private static final int LABS = 2;

    @TestFactory
    Stream<DynamicTest> people_hear_each_other_whatever_befalls_a_vendor(AsteriskHost host) {
        ChaosLabs labs = ChaosLabs.open(host, LABS);
        Map<Chaos, Future<Map<FaultTiming, Outcome>>> matrix = labs.strike(Chaos.all());
        Stream<DynamicTest> cases =
                matrix.entrySet().stream()
                        .flatMap(
                                each ->
                                        Arrays.stream(FaultTiming.values())
                                                .map(
                                                        moment ->
                                                                judged(
                                                                        each.getKey(),
                                                                        moment,
                                                                        each.getValue())));
        Stream<DynamicTest> end =
                Stream.of(
                        dynamicTest(
                                "nothing is left",
                                () -> {
                                    print(matrix);
                                    labs.nothingIsLeft();
                                }));
        return Stream.concat(cases, end).onClose(labs::close);
    }

    private static DynamicTest judged(
            Chaos chaos, FaultTiming moment, Future<Map<FaultTiming, Outcome>> outcomes) {
        return dynamicTest(
                chaos + " " + moment.name().toLowerCase(Locale.ROOT),
                () -> Objects.requireNonNull(outcomes.get().get(moment)).check());
    }

    private static void print(Map<Chaos, Future<Map<FaultTiming, Outcome>>> matrix)
            throws Exception {
        System.out.printf("%-29s %-16s %-16s %-16s%n", "Chaos", "before", "during", "between");
        int judged = 0;
        int failed = 0;
        for (Map.Entry<Chaos, Future<Map<FaultTiming, Outcome>>> each : matrix.entrySet()) {
            List<Outcome> outcomes = List.copyOf(each.getValue().get().values());
            judged += outcomes.size();
            failed += (int) outcomes.stream().filter(Outcome::hasFailed).count();
            System.out.printf(
                    "%-29s %s %s%n",
                    each.getKey(),
                    outcomes.stream()
                            .map(outcome -> "%-16s".formatted(outcome.verdict()))
                            .collect(Collectors.joining(" ")),
                    each.getKey().opens() ? "breaker opened and closed" : "");
        }
        System.out.printf(
                "Chaos: %d faults at %d moments, %d cases judged, %d failed%n",
                matrix.size(), FaultTiming.values().length, judged, failed);
    }
}
