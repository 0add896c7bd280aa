package io.sandalphone.speech.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import okio.Buffer;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class BodyLinesTest {
    private static List<String> read(String text) throws Exception {
        var lines = new BodyLines(new Buffer().writeUtf8(text));
        List<String> read = new ArrayList<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            read.add(line);
        }
        return read;
    }

    @Test
    void each_line_is_read_without_its_end_and_the_last_one_without_an_end() throws Exception {
        assertEquals(List.of("one", "", "twö 😀", "three"), read("one\n\r\ntwö 😀\r\nthree"));
        assertEquals(List.of(), read(""));
    }

    @Test
    void a_line_without_end_and_lines_without_end_are_cut_off() throws Exception {
        assertEquals(1, read("x".repeat(1 << 20)).size());
        assertThrows(OverlongException.class, () -> read("x".repeat((1 << 20) + 2)));
        assertThrows(OverlongException.class, () -> read("0123456789\n".repeat(2_000_000)));
    }

    @Test
    void an_interrupt_ends_it_where_nothing_waits() {
        var lines = new BodyLines(new Buffer().writeUtf8("one\ntwo\n"));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, lines::next);
    }
}
