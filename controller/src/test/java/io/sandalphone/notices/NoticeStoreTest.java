package io.sandalphone.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What was told, over a restart.
class NoticeStoreTest {
    private static final Instant SINCE = Instant.parse("2026-11-30T12:00:00Z");
    private static final Instant TOLD = Instant.parse("2026-11-30T12:05:00Z");

    private static final List<NoticePolicy.Told> TWO =
            List.of(
                    new NoticePolicy.Told(
                            Condition.of(NoticeKind.PROVIDER_DOWN, "twilio"), SINCE, TOLD),
                    new NoticePolicy.Told(
                            Condition.counted(NoticeKind.CALLS_REFUSED, 7), SINCE, TOLD));

    @TempDir private Path folder;

    @Test
    void what_was_told_is_read_as_it_was_written() throws Exception {
        var store = new NoticeStore(folder.resolve("notices.json"));
        assertEquals(List.of(), store.read());
        store.keep(TWO);
        assertEquals(TWO, new NoticeStore(folder.resolve("notices.json")).read());
        store.keep(List.of());
        assertEquals(List.of(), store.read());
    }

    @Test
    void a_kind_of_a_later_version_is_left_out() throws Exception {
        Path file = folder.resolve("notices.json");
        Files.writeString(
                file,
                """
                [{"kind": "moon-full", "about": "", "since": "2026-11-30T12:00:00Z", "told": "2026-11-30T12:00:00Z"},
                 {"kind": "cost-cap", "about": "", "since": "2026-11-30T12:00:00Z", "told": "2026-11-30T12:05:00Z"}]
                """);
        assertEquals(
                List.of(new NoticePolicy.Told(Condition.of(NoticeKind.COST_CAP, ""), SINCE, TOLD)),
                new NoticeStore(file).read());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{",
                "no json",
                "[{\"kind\": \"cost-cap\"}]",
                "[{\"kind\":\"cost-cap\",\"since\":7}]"
            })
    void what_is_no_such_file_is_said(String text) throws Exception {
        Path file = folder.resolve("notices.json");
        Files.writeString(file, text);
        assertThrows(IOException.class, new NoticeStore(file)::read);
    }

    @Test
    void a_folder_in_its_place_is_said() {
        assertThrows(IOException.class, new NoticeStore(folder)::read);
    }

    @Test
    void what_could_not_be_written_is_written_the_next_time() throws Exception {
        Path file = folder.resolve("notices.json");
        Files.createDirectory(file);
        var store = new NoticeStore(file);
        store.keep(TWO);
        Files.delete(file);
        store.keep(TWO);
        assertEquals(TWO, store.read());
    }
}
