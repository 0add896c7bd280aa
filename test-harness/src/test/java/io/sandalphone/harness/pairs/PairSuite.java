package io.sandalphone.harness.pairs;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RunFolder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/// All scenarios over one pair, and one gateway. What came of them stands in a table that is printed after
/// each pair.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class PairSuite {
    private static final ScenarioTable TABLE = new ScenarioTable();

    private static @Nullable PairLab opened;
    private static @Nullable Path folder;

    private final Pair pair;
    private final PairLab lab = Objects.requireNonNull(opened);

    PairSuite(Pair pair) {
        this.pair = pair;
    }

    static void open(Pair pair, Optional<AsteriskHost> host) throws Exception {
        Path own = RunFolder.create("pairs");
        folder = own;
        Path faults = Files.writeString(own.resolve("faults"), Scenarios.FAULTS);
        PairLab lab =
                PairLab.open(
                        pair,
                        host,
                        withWayBack(
                                pair,
                                ControllerSettings.tones()
                                        .engine("tone", "word", Scenarios.WORD_MILLIS + "ms")
                                        .engine("tone", "faults", faults.toString())),
                        ControllerProgram.QUICK);
        opened = lab;
        Scenarios.warmUp(lab);
    }

    private static ControllerSettings withWayBack(Pair pair, ControllerSettings settings) {
        boolean mixed =
                pair.has(Kind.SIP) && (pair.caller().hasRest() || pair.destination().hasRest());
        return mixed ? settings.with(PairLab.WAY_BACK) : settings;
    }

    @AfterParameterizedClassInvocation
    static void close() {
        PairLab lab = opened;
        opened = null;
        if (lab != null) {
            lab.close();
        }
        if (folder != null) {
            RunFolder.delete(folder);
        }
    }

    @AfterAll
    static void print() {
        System.out.println(TABLE);
    }

    @TestFactory
    @Order(4)
    Stream<DynamicTest> a_gateway_that_is_killed() {
        var death = new FutureTask<>(() -> Death.of(lab));
        death.run();
        var talking = begun("killed while talking", () -> death.get().talking());
        var ringing =
                begun(
                        "killed while ringing",
                        () -> Death.rings(pair) ? death.get().ringing() : "-");
        return Stream.of(
                talking,
                ringing,
                test(
                        "calls while we are down",
                        () -> Death.fallsBack(pair) ? death.get().arriving() : "-"),
                test(
                        "comes back by itself",
                        () -> {
                            death.get().end();
                            return pair.has(Kind.BROWSER) ? death.get().comesBack() : "-";
                        }));
    }

    @AfterEach
    void nobody_is_left_anywhere() {
        lab.awaitNobodyLeft(Scenarios.SOON);
        lab.gateway().awaitIdle(Scenarios.SOON);
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> what_each_of_the_two_hears() {
        return sideBySide(Scenarios.HEARD);
    }

    @TestFactory
    @Order(2)
    Stream<DynamicTest> engines_that_fail_and_people_who_hang_up() {
        return sideBySide(Scenarios.ENDS);
    }

    @TestFactory
    @Order(3)
    Stream<DynamicTest> a_carrier_that_fails_while_somebody_hangs_up() {
        return Scenarios.REST.stream().map(each -> test(each.name(), () -> cell(each, 1)));
    }

    /// All of them begin at once, each on a line of its own.
    private Stream<DynamicTest> sideBySide(List<Scenario> scenarios) {
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < scenarios.size(); i++) {
            Scenario scenario = scenarios.get(i);
            int line = i + 1;
            tests.add(begun(scenario.name(), () -> cell(scenario, line)));
        }
        return tests.stream();
    }

    /// A test that has begun already, beside whatever else goes on.
    private DynamicTest begun(String name, Callable<String> course) {
        var running = new FutureTask<>(course);
        Thread.ofPlatform().name(name).daemon().start(running);
        return test(name, running::get);
    }

    private String cell(Scenario scenario, int line) throws Exception {
        return scenario.isThere().test(pair) ? scenario.course().run(lab, line) : "-";
    }

    private DynamicTest test(String name, Callable<String> course) {
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    String cell = "FAILED";
                    try {
                        cell = course.call();
                    } finally {
                        TABLE.put(name, pair, cell);
                    }
                });
    }
}
