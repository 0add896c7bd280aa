package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sandalphone.config.Finding;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

class CallJournalTest {
    @TempDir private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JournalMeters meters = JournalMeters.register(registry);
    private Instant now = Instant.parse("2026-11-30T21:00:00Z");
    private Path path;

    @BeforeEach
    void name_the_file() {
        path = folder.resolve("journal");
    }

    private CallJournal open() {
        return CallJournal.open(new JournalSettings(Optional.of(path)), () -> now, meters);
    }

    /// Keeps these and ends, as a gateway that is stopped does.
    private void keep(List<CallRecord> calls) {
        try (CallJournal journal = open()) {
            journal.keep(() -> calls);
        }
    }

    @Test
    void what_one_gateway_kept_the_next_one_has() {
        List<CallRecord> calls = List.of(CallRecords.talking("a"), CallRecords.ringing("b"));
        keep(calls);
        try (CallJournal next = open()) {
            assertEquals(calls, next.earlier());
            assertEquals(Readoption.Reason.NO_RECORD, next.unrecorded());
            assertEquals(Optional.empty(), next.unavailableReason());
        }
    }

    @Test
    void what_happens_to_a_call_is_written_when_it_is_told() throws Exception {
        var live = new AtomicReference<List<CallRecord>>(List.of(CallRecords.ringing("a")));
        var file = new JournalFile(path);
        try (var keeper = JournalKeeper.start(file, live::get, meters, Duration.ofHours(1))) {
            live.set(List.of(CallRecords.talking("a")));
            keeper.tell();
            long began = System.nanoTime();
            while (!JournalText.read(Files.readString(path)).equals(live.get())) {
                assertTrue(System.nanoTime() - began < 30_000_000_000L, "written");
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void its_owner_alone_reads_it_and_without_a_call_no_number_is_in_it() throws Exception {
        keep(List.of(CallRecords.talking("a")));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        assertTrue(Files.readString(path).contains("+525512345678"));
        keep(List.of());
        assertEquals("{\"sandalphone_journal\":1,\"calls\":[]}\n", Files.readString(path));
    }

    static Stream<String> broken() {
        String whole = JournalText.write(List.of(CallRecords.talking("a")));
        return Stream.of(
                "",
                "{",
                "[]",
                whole.substring(0, whole.length() / 2),
                whole + "{}",
                whole.replace("\"sandalphone_journal\":1", "\"sandalphone_journal\":0"),
                // Of a later version, which an update back leaves behind.
                whole.replace("\"sandalphone_journal\":1", "\"sandalphone_journal\":2"),
                whole.replace("\"sandalphone_journal\":1,", ""),
                whole.replace("\"calls\":[", "\"calls\":[null,"),
                whole.replace("\"id\":\"a\"", "\"id\":\"A-main\""),
                whole.replace("\"interpreted\":3", "\"interpreted\":-3"),
                whole.replace("\"INBOUND\"", "\"SIDEWAYS\""),
                whole.replace("\"en\"", "\"!\""),
                whole.replace("PT30S", "soon"),
                whole.replace("0.0123", "1e999999999"),
                whole.replace("PT1M30S", "PT2562047788015215H"),
                whole.replace(
                        "\"translated_characters\":200",
                        "\"translated_characters\":" + Long.MAX_VALUE),
                whole.replace("PT30S", "PT2562047788015215H"),
                whole.replace("\"balance\":-3.0", "\"balance\":93.0"),
                whole.replace("\"interpreted\":3", "\"interpreted\":" + Integer.MAX_VALUE),
                whole.replace("\"CALLER\"", "\"NOBODY\""),
                whole.replace("\"interpret\":true", "\"interpret\":false,\"interpret\":true"),
                JournalText.write(List.of(CallRecords.talking("a"), CallRecords.talking("a"))));
    }

    @Test
    void each_of_those_is_another_text() {
        String whole = JournalText.write(List.of(CallRecords.talking("a")));
        assertEquals(List.of(), broken().filter(whole::equals).toList());
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_broken_journal_is_set_aside_as_it_is_and_said(String text) throws Exception {
        Files.writeString(path, text);
        assertEquals(
                Finding.Kind.FAULT,
                JournalCheck.of(new JournalSettings(Optional.of(path))).orElseThrow().kind());
        try (CallJournal journal = open()) {
            assertEquals(List.of(), journal.earlier());
            assertEquals(Readoption.Reason.JOURNAL_UNREADABLE, journal.unrecorded());
            journal.keep(List::of);
            assertEquals(
                    text, Files.readString(folder.resolve("journal.broken-2026-11-30T210000Z")));
            String why = journal.unavailableReason().orElseThrow();
            assertTrue(why.contains("set aside"), why);
            now = now.plus(Duration.ofDays(2));
            assertEquals(Optional.empty(), journal.unavailableReason(), "said for a day");
        }
        try (CallJournal next = open()) {
            assertEquals(List.of(), next.earlier());
        }
        assertEquals(1, registry.get("sandalphone.journal.failed").counter().count());
    }

    @Test
    void whatever_stands_there_is_read_or_refused_and_no_message_repeats_a_number() {
        String whole = JournalText.write(List.of(CallRecords.talking("a")));
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            var text = new StringBuilder(whole);
            text.setCharAt(random.nextInt(text.length()), (char) (32 + random.nextInt(95)));
            try {
                assertEquals(1, JournalText.read(text.toString()).size(), "seed " + seed);
            } catch (IllegalArgumentException refused) {
                assertFalse(
                        String.valueOf(refused.getMessage()).contains("5512345678"),
                        "says no number, seed " + seed);
            }
        }
    }

    @Test
    void a_second_gateway_with_the_same_file_takes_up_no_call_of_the_first_and_does_not_write_it()
            throws Exception {
        try (CallJournal first = open()) {
            first.keep(() -> List.of(CallRecords.talking("a")));
            try (CallJournal second = open()) {
                assertEquals(List.of(), second.earlier());
                assertEquals(Readoption.Reason.OTHER_GATEWAY, second.unrecorded());
                second.keep(List::of);
                assertTrue(second.unavailableReason().orElseThrow().contains("another gateway"));
                assertEquals(1, JournalText.read(Files.readString(path)).size());
            }
        }
        try (CallJournal next = open()) {
            assertEquals(1, next.earlier().size(), "when the first is gone");
        }
    }

    @Test
    void a_second_gateway_leaves_what_the_first_writes_where_it_is() throws Exception {
        try (CallJournal _ = open()) {
            Files.writeString(path, "being written");
            try (CallJournal _ = open()) {
                assertEquals("being written", Files.readString(path));
            }
        }
    }

    @Test
    @Timeout(60)
    void a_pipe_in_the_place_of_the_journal_or_its_lock_keeps_nobody_from_starting()
            throws Exception {
        for (Path pipe : List.of(path, folder.resolve("journal.lock"))) {
            assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
            try (CallJournal journal = open()) {
                journal.keep(() -> List.of(CallRecords.talking("a")));
                assertTrue(
                        journal.unavailableReason().orElseThrow().contains("no file"),
                        journal.unavailableReason()::toString);
            }
            Files.delete(pipe);
            Files.deleteIfExists(folder.resolve("journal.lock"));
        }
    }

    @Test
    void a_journal_of_another_version_is_said_to_be_one() throws Exception {
        String text = JournalText.write(List.of(CallRecords.talking("a")));
        Files.writeString(
                path, text.replace("\"sandalphone_journal\":1", "\"sandalphone_journal\":2"));
        assertEquals(
                "a journal of another version",
                assertThrows(IOException.class, () -> new JournalFile(path).read()).getMessage());
    }

    /// A setting may lead to somebody's data by mistake.
    @Test
    void a_folder_that_holds_something_stays_where_it_is() throws Exception {
        Path kept = Files.createFile(Files.createDirectory(path).resolve("kept"));
        try (CallJournal journal = open()) {
            assertEquals(Readoption.Reason.JOURNAL_UNREADABLE, journal.unrecorded());
            journal.keep(List::of);
            assertTrue(Files.exists(kept));
            assertTrue(journal.unavailableReason().isPresent());
        }
    }

    @Test
    void an_empty_folder_in_the_place_of_the_journal_is_set_aside() throws Exception {
        Files.createDirectory(path);
        try (CallJournal journal = open()) {
            assertEquals(Readoption.Reason.JOURNAL_UNREADABLE, journal.unrecorded());
            journal.keep(() -> List.of(CallRecords.talking("a")));
            assertEquals(1, JournalText.read(Files.readString(path)).size());
        }
    }

    @Test
    void a_disk_that_refuses_is_said_and_costs_no_call_anything() throws Exception {
        Files.createDirectory(folder.resolve("journal.new"));
        Files.createFile(folder.resolve("journal.new").resolve("in-the-way"));
        try (CallJournal journal = open()) {
            journal.keep(() -> List.of(CallRecords.talking("a")));
            assertTrue(
                    journal.unavailableReason().orElseThrow().contains("DirectoryNotEmpty"),
                    journal.unavailableReason()::toString);
        }
    }

    @Test
    void without_a_file_nothing_is_kept() {
        try (CallJournal journal = CallJournal.open(JournalSettings.NONE, () -> now, meters)) {
            journal.keep(() -> List.of(CallRecords.talking("a")));
            assertEquals(Readoption.Reason.NO_JOURNAL, journal.unrecorded());
            assertEquals(Optional.empty(), journal.unavailableReason());
        }
        assertFalse(Files.exists(path));
        assertEquals(Optional.empty(), JournalCheck.of(JournalSettings.NONE));
    }

    @Test
    void what_was_never_written_is_no_fault() throws IOException {
        assertEquals(
                Finding.Kind.OK,
                JournalCheck.of(new JournalSettings(Optional.of(path))).orElseThrow().kind());
        assertThrows(IllegalArgumentException.class, () -> JournalText.read("null"));
    }
}
