package io.sandalphone.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// `docs/metrics.md` lists every meter that the records of this package register.
///
/// After a change of meters, regenerate it with
/// `SANDALPHONE_WRITE_DOCS=yes mvn -pl controller test -Dtest=MetricsDocumentTest`.
class MetricsDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/metrics.md");
    private static final String HEAD =
            """
            # Metrics

            What `GET /metrics` says about calls, beside the usual meters of the Java process (`jvm_…`,
            `process_…`, `system_…`). Prometheus writes the names with `_` for `.`, the unit after the
            name, and `_total` after counters; times are in seconds. Tags have few, fixed values; one that stands in the
            log, in JSON or in the settings as well is spelt as there.

            | meter | kind | unit | tags | meaning |
            |---|---|---|---|---|
            """;

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

    private static MeterRegistry registered() throws Exception {
        MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        for (JavaClass type :
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.sandalphone.metrics")) {
            if (type.getSimpleName().endsWith("Meters") && !type.isEquivalentTo(CallMeters.class)) {
                Class.forName(type.getName())
                        .getMethod("register", MeterRegistry.class)
                        .invoke(null, registry);
            }
        }
        // Some of these exist only from their first use.
        var calls = new CallMeters(registry);
        calls.live(() -> 0);
        calls.ended("…", "…");
        ResilienceMeters.register(registry).of("…", "…", List.of("…"), () -> 0);
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
