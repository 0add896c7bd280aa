package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.Finding;
import io.sandalphone.ops.HttpTls;
import io.sandalphone.ops.SelfSigned;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the doctor finds of files of ours, without asking anybody.
class SettingsReviewTest {
    @TempDir private Path folder;

    private static Finding line(String part, String yaml) throws Exception {
        Settings settings =
                new SettingsReader(
                                Map.of("SANDALPHONE_TOKEN", "0123456789abcdef"),
                                Engines.providers())
                        .read(ConfigTree.yaml("test.yaml", yaml))
                        .settings();
        List<Finding> found =
                SettingsReview.of(settings).stream()
                        .filter(line -> line.part().equals(part))
                        .map(Doctor.Line::finding)
                        .toList();
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
    }

    @ParameterizedTest
    @CsvSource({"0, OK", "80, WARNING", "100, FAULT", "-5, FAULT"})
    void a_certificate_is_judged_by_its_time(int age, Finding.Kind kind) throws Exception {
        HttpTls files = new SelfSigned(folder, age, 90).files();
        Finding found =
                line(
                        "certificate",
                        "public-http: {listen: 127.0.0.1, tls: {certificate: '%s', key: '%s'}}"
                                .formatted(files.certificate(), files.key()));
        assertEquals(kind, found.kind(), found::message);
    }

    private Finding ledger(Path file) throws Exception {
        return line("ledger", "costs: {ledger: '%s'}".formatted(file));
    }

    @Test
    void a_ledger_that_can_be_kept_is_fine_and_nothing_is_written() throws Exception {
        Path file = folder.resolve("costs.json");
        assertEquals(Finding.Kind.OK, ledger(file).kind());
        assertTrue(Files.notExists(file));
    }

    @Test
    void a_ledger_that_cannot_be_read_is_told_and_left_alone() throws Exception {
        Path file = Files.writeString(folder.resolve("costs.json"), "{half");
        Finding found = ledger(file);
        assertEquals(Finding.Kind.FAULT, found.kind());
        assertTrue(found.message().contains("no ledger"), found::message);
        assertEquals("{half", Files.readString(file));
    }

    @Test
    void a_ledger_without_a_folder_or_on_a_full_disk_is_told() throws Exception {
        assertEquals(Finding.Kind.FAULT, ledger(folder.resolve("missing/costs.json")).kind());
        Finding full = ledger(Path.of("/proc/costs.json"));
        assertEquals(Finding.Kind.FAULT, full.kind());
        assertTrue(full.message().contains("is full"), full::message);
    }
}
