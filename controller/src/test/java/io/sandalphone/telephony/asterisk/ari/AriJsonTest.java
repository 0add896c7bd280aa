package io.sandalphone.telephony.asterisk.ari;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.loway.oss.ari4java.generated.ari_10_0_0.models.Channel_impl_ari_10_0_0;
import ch.loway.oss.ari4java.generated.models.Channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class AriJsonTest {
    @Test
    void times_are_read_as_asterisk_writes_them() throws JsonProcessingException {
        var channel =
                AriJson.read(
                        "{\"creationtime\":\"2026-11-21T10:57:35.230+0000\"}",
                        Channel_impl_ari_10_0_0.class);

        assertEquals(
                Instant.parse("2026-11-21T10:57:35.230Z"), channel.getCreationtime().toInstant());
    }

    @Test
    void unknown_fields_in_a_list_are_skipped_with_all_that_is_in_them()
            throws JsonProcessingException {
        List<Channel> channels =
                AriJson.readList(
                        "[{\"report\":{\"id\":\"wrong\"},\"id\":\"a\"},{\"id\":\"b\",\"x\":[{}]}]",
                        Channel_impl_ari_10_0_0.class);

        assertEquals(List.of("a", "b"), channels.stream().map(Channel::getId).toList());
    }

    @Test
    void an_unknown_type_of_event_is_named() {
        var unknown =
                assertThrows(
                        InvalidTypeIdException.class,
                        () -> AriJson.readEvent("{\"type\":\"CallBroadcast\"}"));

        assertEquals("CallBroadcast", unknown.getTypeId());
    }

    @Test
    void what_asterisk_says_of_a_refusal_is_found_where_it_says_it() {
        assertEquals("gone", AriJson.errorText("{\"message\":\"gone\"}"));
        assertEquals("full", AriJson.errorText("{\"error\":\"full\"}"));
        assertEquals("", AriJson.errorText("<html>"));
        assertEquals("", AriJson.errorText(""));
    }
}
