package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.vendors.Vendor;
import io.sandalphone.harness.vendors.VendorOptions.Language;
import io.sandalphone.harness.vendors.VendorOptions.Times;
import io.sandalphone.harness.vendors.VendorsProcess;

import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Every fault of every vendor at every moment of a call, with nobody to take over.
@RealAsterisk
class ChaosMatrixTest {
    private final Map<Chaos, Map<Moment, Outcome>> matrix = new LinkedHashMap<>();

    @TestFactory
    Stream<DynamicNode> people_hear_each_other_whatever_befalls_a_vendor(AsteriskHost host) {
        var vendors = VendorsProcess.start(host.vps(), Language.TONES, Times.PUBLISHED);
        CallLab lab = openLab(host, vendors);
        var run = new ChaosRun(lab, vendors);
        Stream<DynamicNode> faults = Chaos.all().stream().map(chaos -> cases(run, chaos));
        Stream<DynamicNode> end =
                Stream.of(
                        dynamicTest(
                                "nothing is left",
                                () -> {
                                    print();
                                    run.endAll();
                                    nothingIsLeft(vendors);
                                }));
        return Stream.concat(faults, end)
                .onClose(
                        () -> {
                            lab.close();
                            vendors.close();
                        });
    }

    private static CallLab openLab(AsteriskHost host, VendorsProcess vendors) {
        try {
            return CallLab.open(host, CallLab.routed(Impatience.with(vendors.settings())));
        } catch (RuntimeException | AssertionError e) {
            vendors.close();
            throw e;
        }
    }

    /// The first of the cases lets the fault strike.
    private DynamicNode cases(ChaosRun run, Chaos chaos) {
        return dynamicContainer(
                chaos.toString(),
                Arrays.stream(Moment.values())
                        .filter(chaos::judged)
                        .map(
                                moment ->
                                        dynamicTest(
                                                chaos + " " + moment,
                                                () -> outcome(run, chaos, moment).check())));
    }

    private Outcome outcome(ChaosRun run, Chaos chaos, Moment moment) throws Exception {
        Map<Moment, Outcome> outcomes = matrix.get(chaos);
        if (outcomes == null) {
            outcomes = strike(run, chaos);
            matrix.put(chaos, outcomes);
        }
        return outcomes.getOrDefault(moment, Outcome.failed(new AssertionError("no outcome")));
    }

    private static Map<Moment, Outcome> strike(ChaosRun run, Chaos chaos) throws Exception {
        try {
            return run.strike(chaos);
        } catch (AssertionError e) {
            Map<Moment, Outcome> failed = new EnumMap<>(Moment.class);
            for (Moment moment : Moment.values()) {
                failed.put(moment, Outcome.failed(e));
            }
            return failed;
        }
    }

    private void print() {
        System.out.printf("%-29s %-16s %-16s %-16s%n", "Chaos", "before", "during", "between");
        int judged = 0;
        int failed = 0;
        for (Chaos chaos : Chaos.all()) {
            Map<Moment, Outcome> outcomes = matrix.getOrDefault(chaos, Map.of());
            List<String> verdicts = new ArrayList<>();
            for (Moment moment : Moment.values()) {
                Outcome outcome = chaos.judged(moment) ? outcomes.get(moment) : null;
                verdicts.add("%-16s".formatted(outcome == null ? "not judged" : outcome.verdict()));
                judged += outcome == null ? 0 : 1;
                failed += outcome == null || outcome.failure() == null ? 0 : 1;
            }
            System.out.printf(
                    "%-29s %-49s %s%n",
                    chaos,
                    String.join(" ", verdicts),
                    chaos.opens() && !outcomes.isEmpty() ? "breaker opened and closed" : "");
        }
        System.out.printf(
                "Chaos: %d faults at %d moments, %d cases judged, %d failed%n",
                Chaos.all().size(), Moment.values().length, judged, failed);
    }

    private static void nothingIsLeft(VendorsProcess vendors) {
        Poll.until(
                Duration.ofSeconds(10),
                () -> vendors.journal(Vendor.ASSEMBLYAI).path("open").asInt() == 0,
                () -> "no session is open: " + vendors.journal(Vendor.ASSEMBLYAI));
        JsonNode sessions = vendors.journal(Vendor.ASSEMBLYAI);
        System.out.println("Sessions at the recognizer: " + sessions);
        assertEquals(0, sessions.path("abandoned").asInt(), sessions::toString);
        assertEquals(
                sessions.path("opened").asInt(),
                sessions.path("terminated").asInt() + sessions.path("cut").asInt(),
                sessions::toString);
        assertEquals(0, vendors.journal(Vendor.POLLY).path("underWay").asInt());
    }
}
