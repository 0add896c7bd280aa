package io.sandalphone.telephony.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class MediaScannerTest {
    private static final byte[] STREAM = ascii("MZ1");

    private final MediaScanner scanner = new MediaScanner();

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private boolean scan(String text) {
        return scanner.scan(ascii(text));
    }

    @Test
    void what_twilio_sends_is_read() {
        assertTrue(
                scan(
                        """
                        {"event":"media","sequenceNumber":"2","streamSid":"MZ1","media":{"track":"inbound",
                        "chunk":"17","timestamp":"20","payload":"AQID"}}\
                        """));

        assertTrue(scanner.isMedia());
        assertTrue(scanner.isOf(STREAM));
        assertFalse(scanner.isOutbound());
        assertEquals(17, scanner.chunk());
        assertEquals(20, scanner.timestamp());
        assertArrayEquals(new byte[] {1, 2, 3}, scanner.payload());
    }

    @Test
    void order_and_spaces_and_what_else_is_there_do_not_matter() {
        assertTrue(
                scan(
                        """
                        { "media" : { "payload" : "AQID" , "new" : [ { "payload" : "no" } , [ ] , -1.5e3 ] ,
                        "timestamp" : 40 } , "other" : { "event" : "stop" , "payload" : "no" } ,
                        "stream_id" : "MZ1" , "event" : "media" , "last" : null }
                        """));

        assertTrue(scanner.isMedia());
        assertTrue(scanner.isOf(STREAM));
        assertEquals(40, scanner.timestamp());
        assertArrayEquals(new byte[] {1, 2, 3}, scanner.payload());
    }

    @Test
    void the_streams_id_may_stand_within_or_nowhere() {
        assertTrue(scan("{\"event\":\"media\",\"media\":{\"streamSid\":\"MZ1\"}}"));
        assertTrue(scanner.isOf(STREAM));

        assertTrue(scan("{\"event\":\"media\",\"media\":{\"streamSid\":\"MZ2\"}}"));
        assertFalse(scanner.isOf(STREAM));

        assertTrue(scan("{\"event\":\"media\",\"media\":{}}"));
        assertTrue(scanner.isOf(STREAM));
    }

    @Test
    void an_escaped_slash_is_a_slash() {
        assertTrue(scan("{\"event\":\"media\",\"media\":{\"payload\":\"\\/\\/8=\"}}"));

        assertArrayEquals(new byte[] {-1, -1}, scanner.payload());
    }

    @Test
    void what_was_read_before_is_forgotten() {
        assertTrue(
                scan(
                        "{\"event\":\"media\",\"media\":{\"payload\":\"AQID\",\"timestamp\":1,"
                                + "\"track\":\"outbound\"}}"));
        assertTrue(scanner.isOutbound());
        assertTrue(scan("{\"event\":\"mark\"}"));

        assertFalse(scanner.isMedia());
        assertFalse(scanner.isOutbound());
        assertNull(scanner.payload());
        assertEquals(-1, scanner.timestamp());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "null",
                "\"media\"",
                "{",
                "{\"event\"",
                "{\"event\":",
                "{\"event\":\"media\"",
                "{\"event\":\"media\"}x",
                "{event:1}",
                "{\"a\":1,}",
                "{\"a\":}",
                "{\"a\":\"\\",
                "{\"a\":[1}",
                "{\"a\" 1}",
                "{'a':1}",
                "{\"a\":1}{\"a\":1}"
            })
    void what_is_no_object_is_none(String text) {
        assertFalse(scan(text));
    }

    @Test
    void an_object_within_objects_without_end_is_given_up() {
        assertFalse(scan("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)));
        assertFalse(scan("{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%%%\"", "\"A\"", "\"AQI=D\"", "7", "true"})
    void what_is_no_base64_is_no_sound(String payload) {
        assertTrue(scan("{\"event\":\"media\",\"media\":{\"payload\":" + payload + "}}"));

        byte[] read = scanner.payload();
        // Bare words are letters of base64 too; nobody's sound has so few.
        assertTrue(read == null || read.length <= 3, payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-20", "\"\"", "\"2 0\"", "2e3", "\"9999999999999999\"", "null", "[20]"})
    void what_is_no_time_is_none(String time) {
        assertTrue(scan("{\"event\":\"media\",\"media\":{\"timestamp\":" + time + "}}"));

        assertEquals(-1, scanner.timestamp());
    }

    @Test
    void the_first_of_two_names_counts() {
        assertTrue(scan("{\"event\":\"media\",\"event\":\"stop\"}"));

        assertTrue(scanner.isMedia());
    }
}
