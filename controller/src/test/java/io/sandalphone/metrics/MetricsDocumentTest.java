package io.sandalphone.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// `docs/metrics.md` lists every meter that a class named `…Meters` registers, in whichever package.
///
/// After a change of meters, regenerate it with
/// `SANDALPHONE_WRITE_DOCS=yes mvn -pl controller test -Dtest=MetricsDocumentTest`.
class MetricsDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/metrics.md");
    private static final String HEAD =
            """
            # Metrics

            What `GET /metrics` says about calls, beside the usual meters of the Java process (`jvm_…`,
            `process_…`, `system_…`). Prometheus writes the names with `_` for `.`, then the unit where
            the name does not end with it, and `_total` for counters; times are in seconds. Tags have few,
            fixed values; a value that stands in the log, in JSON or in the settings too is spelt as there.

            | meter | kind | unit | tags | meaning |
            |---|---|---|---|---|
            """;

    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .importUrl(Metrics.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void the_document_lists_every_meter_with_its_unit_and_meaning() throws Exception {
        String document = HEAD + rows(registered());
        if (System.getenv("SANDALPHONE_WRITE_DOCS") != null) {
            Files.writeString(DOCUMENT, document);
        }
        assertEquals(document, Files.readString(DOCUMENT));
    }

    @Test
    void every_meter_says_what_it_means() throws Exception {
        for (Meter meter : registered().getMeters()) {
            assertFalse(
                    Objects.requireNonNullElse(meter.getId().getDescription(), "").isBlank(),
                    meter.getId()::toString);
        }
    }

    @Test
    void no_timer_exports_more_buckets_than_somebody_looks_at() throws Exception {
        MeterRegistry registry = registered();
        registry.getMeters().stream()
                .filter(Timer.class::isInstance)
                .map(Timer.class::cast)
                .forEach(
                        timer -> {
                            int buckets = timer.takeSnapshot().histogramCounts().length;
                            assertTrue(buckets <= 12, timer.getId() + ": " + buckets);
                        });
        assertTrue(
                registry.get("sandalphone.lane.first.audio")
                                .timer()
                                .takeSnapshot()
                                .histogramCounts()
                                .length
                        >= 10,
                "a histogram all the same");
    }

    @Test
    void meters_are_made_by_classes_named_so_and_used_in_their_own_package() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass type : CODE) {
            for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
                JavaClass owner = call.getTargetOwner();
                boolean makes =
                        owner.getName().startsWith("io.micrometer.core.instrument.")
                                && (owner.getName().endsWith("$Builder")
                                        || owner.getSimpleName().equals("MeterRegistry"));
                if (makes && !isMeters(type) && !type.getPackageName().endsWith(".metrics")) {
                    wrong.add("makes a meter: " + call.getDescription());
                }
                if (isMeters(owner)
                        && !call.getName().equals("register")
                        && !owner.getPackageName().equals(type.getPackageName())) {
                    wrong.add("uses another package's meter: " + call.getDescription());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static boolean isMeters(JavaClass type) {
        return type.getName().matches("io\\.sandalphone\\..*Meters(\\$.*)?");
    }

    private static MeterRegistry registered() throws Exception {
        MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        int areas = AllMeters.register(CODE, registry);
        assertTrue(areas > 12, "found only " + areas);
        return registry;
    }

    private static String rows(MeterRegistry registry) {
        Map<String, List<Meter.Id>> byName =
                registry.getMeters().stream()
                        .map(Meter::getId)
                        .filter(id -> id.getName().startsWith("sandalphone."))
                        .collect(
                                Collectors.groupingBy(
                                        Meter.Id::getName, TreeMap::new, Collectors.toList()));
        return byName.values().stream().map(MetricsDocumentTest::row).collect(Collectors.joining());
    }

    private static String row(List<Meter.Id> same) {
        Meter.Id id = same.getFirst();
        Map<String, TreeSet<String>> tags = new TreeMap<>();
        for (Meter.Id each : same) {
            for (Tag tag : each.getTags()) {
                tags.computeIfAbsent(tag.getKey(), _ -> new TreeSet<>()).add(tag.getValue());
            }
        }
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        id.getName(),
                        id.getType().name().toLowerCase(Locale.ROOT),
                        Objects.requireNonNullElse(id.getBaseUnit(), ""),
                        tags.entrySet().stream()
                                .map(tag -> tag.getKey() + ": " + String.join(", ", tag.getValue()))
                                .collect(Collectors.joining("; ")),
                        id.getDescription());
    }
}
