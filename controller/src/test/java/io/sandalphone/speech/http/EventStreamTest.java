package io.sandalphone.speech.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import okio.Buffer;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class EventStreamTest {
    private static List<String> read(String text) throws Exception {
        var events = new EventStream(new Buffer().writeUtf8(text));
        List<String> read = new ArrayList<>();
        for (String data = events.next(); data != null; data = events.next()) {
            read.add(data);
        }
        return read;
    }

    @Test
    void the_data_of_each_event_is_read_whatever_stands_beside_it() throws Exception {
        assertEquals(
                List.of("{\"a\":1}", "two\nlines", "", "no space"),
                read(
                        """
                        : comment

                        event: x
                        data: {"a":1}
                        id: 3


                        data: two\r
                        data: lines\r
                        \r
                        data:

                        data:no space

                        """));
    }

    @Test
    void an_event_that_breaks_off_is_none() throws Exception {
        assertEquals(List.of("one"), read("data: one\n\ndata: tw"));
        assertEquals(List.of(), read("data: one\n"));
    }

    @Test
    void a_flood_is_cut_off() {
        assertThrows(OverlongException.class, () -> read("data: " + "x".repeat(3 << 20)));
        assertThrows(OverlongException.class, () -> read("data: xxxxxxxx\n".repeat(200_000)));
        assertThrows(OverlongException.class, () -> read(": keep-alive\n".repeat(1_500_000)));
    }
}
