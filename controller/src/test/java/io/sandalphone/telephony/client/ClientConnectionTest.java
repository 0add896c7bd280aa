package io.sandalphone.telephony.client;

import static io.sandalphone.telephony.client.ClientScene.CALL;
import static io.sandalphone.telephony.client.ClientScene.EN;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.client.ClientScene.Client;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Base64;
import java.util.List;

/// What a client may send, and what becomes of it when it may not.
class ClientConnectionTest {
    private final ClientScene scene = new ClientScene();

    private static JsonObject audio(byte[] pcm) {
        return new JsonObject()
                .put("type", "audio")
                .put("callId", CALL)
                .put("chunk", Base64.getEncoder().encodeToString(pcm));
    }

    /// The client was told, it was counted, the connection is closed, and nobody waits for it.
    private void assertRefused(Client client, String reason) {
        assertEquals(reason, client.wire.error());
        assertTrue(
                client.wire.all("error").getLast().getString("message").length() > 15,
                client.wire.texts::toString);
        assertEquals(1, scene.faults(reason));
        assertEquals(1008, client.wire.closedWith);
        assertEquals(List.of(), client.wire.all("ready"));
        assertEquals(0, scene.lobby.size());
        assertEquals(0, scene.meters.waiting().get());
    }

    /// The client was told, it was counted, and it may go on.
    private void assertTold(Client client, String reason) {
        assertEquals(reason, client.wire.error());
        assertEquals(CALL, client.wire.all("error").getLast().getString("callId"));
        assertEquals(1, scene.faults(reason));
        assertEquals(0, client.wire.closedWith);
    }

    @Test
    void who_says_nothing_for_five_seconds_is_sent_away() {
        Client client = scene.connect();
        scene.loop.advance(Duration.ofMillis(4_999));
        assertEquals(0, client.wire.closedWith);
        scene.loop.advance(Duration.ofMillis(1));
        assertRefused(client, "no-init");
    }

    @Test
    void binary_frames_do_not_belong_before_init() {
        assertRefused(scene.connect().binary(new byte[640]), "before-init");
    }

    @Test
    void sound_does_not_belong_before_init() {
        assertRefused(scene.connect().say(audio(new byte[640])), "before-init");
    }

    @Test
    void what_is_no_json_is_refused() {
        assertRefused(scene.connect().say("hello"), "malformed");
    }

    @Test
    void a_message_longer_than_may_be_is_refused() {
        Client client = scene.connect();
        client.connection.tooLong();
        assertRefused(client, "too-long");
    }

    @Test
    void who_shows_neither_ticket_nor_token_is_not_let_in() {
        assertRefused(scene.connect().init(""), "not-admitted");
    }

    @Test
    void who_shows_another_token_is_not_let_in() {
        assertRefused(scene.connect().init("", "token", "a-guess-at-the-token"), "not-admitted");
    }

    @Test
    void who_shows_the_operators_token_is_let_in() {
        Client client = scene.connect().init("", "token", ClientScene.TOKEN.reveal());
        assertEquals(CALL, client.wire.all("ready").getFirst().getString("callId"));
        assertEquals(List.of("waiting"), client.wire.states());
    }

    @Test
    void a_ticket_with_a_character_changed_is_refused() {
        String ticket = scene.ticket(EN);
        String altered = (ticket.startsWith("A") ? "B" : "A") + ticket.substring(1);
        assertRefused(scene.connect().init(altered), "ticket-invalid");
    }

    @Test
    void an_expired_ticket_is_refused() {
        String ticket = scene.ticket(EN, Duration.ofMinutes(1));
        scene.loop.advance(Duration.ofMinutes(1));
        assertRefused(scene.connect().init(ticket), "ticket-expired");
    }

    @Test
    void a_ticket_is_for_its_own_call() {
        assertRefused(
                scene.connect()
                        .init(scene.ticket(EN), "callId", "00000000-0000-4000-8000-000000000000"),
                "call-id");
    }

    @Test
    void a_call_id_is_a_uuid() {
        assertRefused(scene.connect().init(scene.ticket(EN), "callId", "sp-1-caller"), "call-id");
    }

    @Test
    void a_language_that_is_not_spoken_here_is_refused_with_those_that_are() {
        Client client = scene.connect().init(scene.ticket(EN), "languageHint", "tlh");
        assertRefused(client, "unknown-language");
        String message = client.wire.all("error").getFirst().getString("message");
        assertTrue(message.contains("en, es"), message);
    }

    @Test
    void a_language_that_is_none_is_refused() {
        assertRefused(
                scene.connect().init(scene.ticket(EN), "languageHint", "<script>"),
                "unknown-language");
    }

    @Test
    void a_layout_that_there_is_not_is_refused() {
        assertRefused(
                scene.connect().init(scene.ticket(EN), "layout", "surround"), "unknown-layout");
    }

    @Test
    void a_third_one_is_not_let_into_a_call_of_two() {
        scene.connect().init(scene.ticket(EN));
        scene.connect().init(scene.ticket(EN));
        Client third = scene.connect().init(scene.ticket(EN));
        assertEquals("call-full", third.wire.error());
        assertEquals(1008, third.wire.closedWith);
        assertEquals(1, scene.meetings.size());
    }

    @Test
    void pcm_of_odd_length_is_told_and_not_taken() {
        Client client = scene.talking().getFirst().say(audio(new byte[641]));
        assertTold(client, "odd-length");
    }

    @Test
    void binary_pcm_of_odd_length_is_told_and_not_taken() {
        Client client = scene.talking().getFirst().binary(new byte[1]);
        assertTold(client, "odd-length");
    }

    @Test
    void a_chunk_of_more_than_a_second_is_told_and_not_taken() {
        Client client = scene.talking().getFirst().binary(new byte[32_002]);
        assertTold(client, "too-long");
    }

    @Test
    void a_second_init_is_told() {
        Client client = scene.talking().getFirst();
        assertTold(client.init(scene.ticket(EN)), "second-init");
    }

    @Test
    void sound_for_another_call_is_told() {
        Client client = scene.talking().getFirst();
        client.say(audio(new byte[640]).put("callId", "00000000-0000-4000-8000-000000000000"));
        assertTold(client, "call-id");
    }

    @Test
    void sound_that_comes_too_fast_is_told_once_and_ends_nothing() {
        Client client = scene.talking().getFirst();
        for (int second = 0; second < 30; second++) {
            client.binary(new byte[32_000]);
        }
        assertEquals(27, scene.faults("too-fast"));
        assertEquals(1, client.wire.all("error").size());
        assertEquals(0, client.wire.closedWith);
    }

    @Test
    void who_is_wrong_ten_times_is_sent_away_and_the_other_is_told() {
        Client client = scene.talking().getFirst();
        for (int i = 0; i < 10; i++) {
            client.binary(new byte[3]);
        }
        assertEquals(1, scene.faults("too-many"));
        assertTrue(client.wire.closedWith != 0);
        assertEquals("Ended", scene.events.getFirst().getLast().getClass().getSimpleName());
    }

    @Test
    void sound_before_ready_is_dropped_and_counted() {
        Client client = scene.connect();
        client.connection.text(ClientScene.initOf(scene.ticket(EN)).encode());
        client.connection.binary(new byte[640]);
        scene.loop.settle();
        assertEquals(1, scene.count("frames.dropped", "reason", "early"));
        assertEquals(0, client.wire.closedWith);
        assertEquals(1, client.wire.all("ready").size());
    }

    @Test
    void a_ping_is_answered_with_its_id() {
        Client client = scene.connect().say("{\"type\":\"ping\",\"id\":\"17\"}");
        assertEquals("17", client.wire.all("pong").getFirst().getString("id"));
    }

    @Test
    void nothing_is_said_after_the_connection_has_closed() {
        Client client = scene.connect().closes(1006);
        int before = client.wire.texts.size();
        client.say("hello").binary(new byte[1]);
        scene.loop.advance(Duration.ofMinutes(1));
        assertEquals(before, client.wire.texts.size());
        assertEquals(0, scene.faults("no-init"));
    }

    @Test
    void what_lets_in_is_printed_nowhere() throws Exception {
        String ticket = scene.ticket(EN);
        ClientMessage message = ClientMessage.read(ClientScene.initOf(ticket).encode());
        assertFalse(message.toString().contains(ticket), message::toString);
    }
}
