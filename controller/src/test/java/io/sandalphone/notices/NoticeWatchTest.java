package io.sandalphone.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.testing.WrittenLog;
import io.sandalphone.webhook.WebhookSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Looking and telling, without a webhook.
class NoticeWatchTest {
    @TempDir private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final NoticeMeters meters = NoticeMeters.register(registry);
    private final List<Condition> found = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");

    private NoticeWatch watch(List<NoticeSource> sources) {
        return new NoticeWatch(
                new NoticeSettings(
                        WebhookSettings.NONE,
                        Duration.ofMinutes(5),
                        1,
                        Optional.of(folder.resolve("notices.json"))),
                sources,
                List.of(),
                () -> now,
                meters);
    }

    private NoticeSource caps() {
        return new NoticeSource(NoticeKind.COST_CAP, () -> Optional.of(List.copyOf(found)));
    }

    private double count(String meter) {
        return registry.get("sandalphone.notices." + meter).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void the_log_has_a_line_for_each_notice() throws Exception {
        found.add(Condition.of(NoticeKind.COST_CAP, ""));
        try (var log = new WrittenLog(NoticeWatch.class);
                var watch = watch(List.of(caps()))) {
            watch.look();
            watch.look();
            found.clear();
            watch.look();
            assertEquals(2, log.events().size(), log.text());
            assertTrue(log.text().contains("notice=\"cost-cap\", state=\"raised\""), log.text());
            assertTrue(log.text().contains("notice=\"cost-cap\", state=\"over\""), log.text());
        }
        assertEquals(2, count("told"));
    }

    @Test
    void what_is_still_so_after_a_restart_is_not_told_anew() throws Exception {
        found.add(Condition.of(NoticeKind.COST_CAP, ""));
        try (var watch = watch(List.of(caps()))) {
            watch.look();
        }
        for (int restarts = 0; restarts < 5; restarts++) {
            now = now.plusSeconds(60);
            try (var watch = watch(List.of(caps()))) {
                watch.look();
            }
        }
        assertEquals(1, count("told"));
        now = now.plus(Duration.ofHours(1));
        try (var watch = watch(List.of(caps()))) {
            watch.look();
        }
        assertEquals(2, count("told"));
        found.clear();
        try (var watch = watch(List.of(caps()))) {
            watch.look();
        }
        assertEquals(3, count("told"));
    }

    @Test
    void a_broken_file_costs_a_repetition_and_nothing_else() throws Exception {
        Files.writeString(folder.resolve("notices.json"), "half a li");
        found.add(Condition.of(NoticeKind.COST_CAP, ""));
        try (var log = new WrittenLog(NoticeWatch.class);
                var watch = watch(List.of(caps()))) {
            watch.look();
            assertTrue(log.text().contains("could not be read"), log.text());
            assertTrue(log.text().contains("state=\"raised\""), log.text());
        }
        assertTrue(Files.readString(folder.resolve("notices.json")).contains("cost-cap"));
    }

    @Test
    void a_source_that_fails_hides_no_other_and_ends_nothing_of_its_own() throws Exception {
        boolean[] broken = {false};
        var failing =
                new NoticeSource(
                        NoticeKind.CERTIFICATE_ENDING,
                        () -> {
                            if (broken[0]) {
                                throw new IllegalStateException("a defect");
                            }
                            return Optional.of(
                                    List.of(Condition.of(NoticeKind.CERTIFICATE_ENDING, "http")));
                        });
        try (var log = new WrittenLog(NoticeWatch.class);
                var watch = watch(List.of(failing, caps()))) {
            watch.look();
            broken[0] = true;
            found.add(Condition.of(NoticeKind.COST_CAP, ""));
            watch.look();
            assertTrue(log.text().contains("notice=\"cost-cap\""), log.text());
            assertFalse(log.text().contains("state=\"over\""), log.text());
        }
    }

    @Test
    void a_disk_is_told_by_what_is_written_there_and_once() throws Exception {
        var folders = new LinkedHashMap<String, Path>();
        folders.put("ledger", folder);
        folders.put("notices", folder);
        folders.put("elsewhere", folder.resolve("there is no such folder"));
        assertEquals(
                Optional.of(List.of(Condition.of(NoticeKind.DISK_NEARLY_FULL, "ledger"))),
                new DiskLook(folders, Long.MAX_VALUE).now());
        assertEquals(Optional.of(List.of()), new DiskLook(folders, 0).now());
    }
}
