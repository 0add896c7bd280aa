package io.sandalphone.telephony.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

class ClientMessageTest {
    private static final List<String> GENUINE =
            List.of(
                    """
                    {"type":"init","callId":"7c9e6679-7425-40de-944b-e07fc1f90ae7",\
                    "languageHint":"es","layout":"split","ticket":"a.b","resume":"w"}\
                    """,
                    """
                    {"type":"audio","callId":"7c9e6679-7425-40de-944b-e07fc1f90ae7",\
                    "chunk":"AQACAAMA"}\
                    """,
                    "{\"type\":\"ping\",\"id\":\"17\"}",
                    "{\"type\":\"bye\"}");

    @Test
    void sound_is_read_whatever_else_the_message_holds_and_in_whatever_order() throws Exception {
        var audio =
                (ClientMessage.Audio)
                        ClientMessage.read(
                                """
                                {"chunk":"AQACAA==","more":{"type":"bye","chunk":[1]},"callId":"c",\
                                "seq":5,"type":"audio"}\
                                """);
        assertArrayEquals(new byte[] {1, 0, 2, 0}, audio.pcm());
        assertEquals("c", audio.callId());
    }

    @Test
    void an_init_says_nothing_of_what_is_left_out() throws Exception {
        var init = (ClientMessage.Init) ClientMessage.read("{\"type\":\"init\",\"callId\":\"c\"}");
        assertEquals(
                new ClientMessage.Init("c", "auto", "mono", "", "", "", "", "", "", false), init);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "\"audio\"",
                "{",
                "{\"type\":\"audio\"",
                "{\"type\":\"audio\"}",
                "{\"type\":\"audio\",\"chunk\":[]}",
                "{\"type\":\"audio\",\"chunk\":null}",
                "{\"type\":\"init\"}",
                "{\"callId\":\"c\"}",
                "{\"type\":\"bye\"}{\"type\":\"bye\"}",
                "{\"type\":{}}"
            })
    void what_is_no_message_is_malformed(String text) {
        var fault = assertThrows(ClientFault.class, () -> ClientMessage.read(text));
        assertEquals(ClientFault.Kind.MALFORMED, fault.kind());
    }

    @Test
    void a_type_that_there_is_not_is_told_with_those_there_are() {
        var fault =
                assertThrows(
                        ClientFault.class, () -> ClientMessage.read("{\"type\":\"audio_in\"}"));
        assertEquals(ClientFault.Kind.UNKNOWN_TYPE, fault.kind());
        assertTrue(fault.sentence().contains("audio"), fault::sentence);
    }

    @Test
    void what_is_no_base64_is_malformed() throws Exception {
        var audio =
                (ClientMessage.Audio) ClientMessage.read("{\"type\":\"audio\",\"chunk\":\"!\"}");
        assertThrows(ClientFault.class, audio::pcm);
    }

    @Test
    void a_message_with_bytes_changed_is_read_or_refused_and_nothing_else() {
        long seed = System.nanoTime();
        var chance = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes =
                    GENUINE.get(chance.nextInt(GENUINE.size())).getBytes(StandardCharsets.UTF_8);
            for (int change = chance.nextInt(4); change >= 0; change--) {
                bytes[chance.nextInt(bytes.length)] = (byte) chance.nextInt(256);
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            try {
                if (ClientMessage.read(text) instanceof ClientMessage.Audio audio) {
                    assertTrue(audio.pcm().length <= text.length(), () -> "seed " + seed);
                }
            } catch (ClientFault fault) {
                refused++;
                assertTrue(fault.sentence().length() > 10, () -> "seed " + seed);
            }
        }
        assertTrue(refused > 0, "seed " + seed);
    }
}
