package io.sandalphone.telephony.client;

import static io.sandalphone.telephony.client.ClientScene.CALL;
import static io.sandalphone.telephony.client.ClientScene.EN;
import static io.sandalphone.telephony.client.ClientScene.ES;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.call.CallEvent;
import io.sandalphone.call.Meeting;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.Arrival;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.client.ClientScene.Client;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// How two clients come to talk, and what becomes of their legs.
class MeetingTest {
    private final ClientScene scene = new ClientScene();

    private static AudioFrame frame(int value) {
        var pcm = new short[160];
        Arrays.fill(pcm, (short) value);
        return new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, 0);
    }

    private List<String> events(int leg) {
        return scene.events.get(leg).stream()
                .map(event -> event.getClass().getSimpleName())
                .toList();
    }

    @Test
    void two_with_tickets_of_one_call_meet_in_it_each_with_their_language() {
        Client first = scene.connect().init(scene.ticket(EN));
        assertEquals(List.of("waiting"), first.wire.states());
        assertEquals(1, scene.meters.waiting().get());
        assertEquals(List.of(), scene.meetings);
        Client second = scene.connect().init(scene.ticket(ES));
        Meeting meeting = scene.meetings.getFirst();
        assertEquals("7c9e6679742540de944be07fc1f90ae7", meeting.callId());
        assertEquals(EN, meeting.terms().callerLanguage());
        assertEquals(ES, meeting.terms().destinationLanguage());
        assertTrue(meeting.terms().interpret() && meeting.terms().relay());
        assertEquals(0, scene.meters.waiting().get());
        scene.callIs("talking");
        assertEquals(List.of("waiting", "talking"), first.wire.states());
        assertEquals(List.of("talking"), second.wire.states());
        assertEquals("callee", second.wire.all("state").getFirst().getString("role"));
        assertEquals("en", second.wire.all("state").getFirst().getString("otherLanguage"));
        assertEquals(List.of("Answered"), events(0));
        assertEquals(List.of("Answered"), events(1));
    }

    @Test
    void who_has_a_ticket_for_a_number_calls_it_at_once() {
        String ticket =
                scene.tickets.write(
                        new Ticket(
                                Tickets.newId(),
                                CALL,
                                EN,
                                Optional.of("+12125550101"),
                                Optional.of("+12125550102"),
                                Optional.empty(),
                                scene.now().plusSeconds(60)));
        Client client = scene.connect().init(ticket);
        Arrival arrival = scene.arrivals.getFirst();
        assertEquals("+12125550102", arrival.called());
        assertEquals("+12125550101", arrival.caller().number());
        arrival.connect(Optional.empty());
        scene.callIs("dialing");
        scene.callIs("talking");
        assertEquals(List.of("ringing", "talking"), client.wire.states());
        assertEquals(new FakeCalls.Called(EN, Optional.empty()), scene.calls.called.getFirst());
        JsonObject talking = client.wire.all("state").getLast();
        assertEquals("en", talking.getString("language"));
        assertEquals("es", talking.getString("otherLanguage"));
        assertEquals("call-full", scene.connect().init(scene.ticket(ES)).wire.error());
        scene.callEnds();
        assertEquals("ticket-used", scene.connect().init(ticket).wire.error());
        assertEquals(0, scene.lobby.size());
        assertEquals(0, scene.meters.waiting().get());
    }

    @Test
    void who_comes_by_the_operators_token_may_call_whom_operators_may() {
        scene.connect()
                .say(
                        ClientScene.initOf("")
                                .put("token", ClientScene.TOKEN.reveal())
                                .put("languageHint", "es")
                                .put("to", "+12125550102"));
        FakeCalls.Called called = scene.calls.called.getFirst();
        assertEquals(ES, called.language());
        assertTrue(called.operator().isPresent());
    }

    @Test
    void who_comes_back_while_it_rings_is_told_that_it_rings() {
        var init =
                ClientScene.initOf("")
                        .put("token", ClientScene.TOKEN.reveal())
                        .put("resume", "word")
                        .put("to", "+12125550102");
        scene.connect().say(init);
        scene.callIs("dialing");
        assertEquals(List.of("ringing"), scene.connect().say(init).wire.states());
    }

    @Test
    void a_call_that_cannot_be_begun_ends_for_both_and_leaves_their_tickets_good() {
        scene.broken = true;
        String ticket = scene.ticket(EN);
        Client first = scene.connect().init(ticket);
        Client second = scene.connect().init(scene.ticket(ES));
        assertEquals("failure", first.wire.error());
        assertEquals("failure", second.wire.error());
        assertEquals(0, scene.lobby.size());
        assertEquals(1, scene.connect().init(ticket).wire.all("ready").size());
    }

    @Test
    void the_language_that_a_client_hints_at_goes_before_that_of_its_ticket() {
        scene.connect().init(scene.ticket(EN), "languageHint", "es-MX");
        scene.connect().init(scene.ticket(EN));
        assertEquals("es-MX", scene.meetings.getFirst().terms().callerLanguage().tag());
    }

    @Test
    void a_client_that_asks_for_no_states_is_told_none() {
        Client client = scene.connect().init(scene.ticket(EN), "states", "false");
        scene.connect().init(scene.ticket(ES));
        scene.callIs("talking");
        scene.callEnds();
        assertEquals(
                List.of("ready"),
                client.wire.texts.stream().map(text -> text.getString("type")).toList());
        assertEquals(1000, client.wire.closedWith);
    }

    @Test
    void who_waits_too_long_is_told_and_the_ticket_stays_good() {
        String ticket = scene.ticket(EN);
        Client client = scene.connect().init(ticket);
        scene.loop.advance(Duration.ofMinutes(10));
        assertEquals("nobody-came", client.wire.error());
        assertEquals(1000, client.wire.closedWith);
        assertEquals(0, scene.lobby.size());
        assertEquals(0, scene.meters.waiting().get());
        assertEquals(1, scene.connect().init(ticket).wire.all("ready").size());
    }

    @Test
    void who_leaves_while_waiting_makes_room_for_the_next() {
        scene.connect().init(scene.ticket(EN)).say("{\"type\":\"bye\"}");
        assertEquals(0, scene.lobby.size());
        assertEquals(0, scene.meters.waiting().get());
        scene.connect().init(scene.ticket(EN));
        scene.connect().init(scene.ticket(ES));
        assertEquals(1, scene.meetings.size());
    }

    @Test
    void a_ticket_is_used_up_once_its_call_is_over() {
        String ticket = scene.ticket(EN);
        scene.connect().init(ticket);
        scene.connect().init(scene.ticket(ES));
        scene.callIs("talking");
        scene.callEnds();
        assertEquals(0, scene.lobby.size());
        Client again = scene.connect().init(ticket);
        assertEquals("ticket-used", again.wire.error());
        assertEquals(0, scene.lobby.size());
    }

    @Test
    void a_call_that_was_refused_uses_up_no_ticket() {
        String ticket = scene.ticket(EN);
        Client client = scene.connect().init(ticket);
        scene.connect().init(scene.ticket(ES));
        scene.legs.forEach(leg -> leg.hangUp(HangupCause.CONGESTION));
        scene.lobby.on(new CallEvent.Ended(Lobby.callOf(CALL), "refused", "call-limit", 0));
        scene.loop.settle();
        assertEquals("congestion", client.wire.error());
        assertEquals(List.of("waiting"), scene.connect().init(ticket).wire.states());
    }

    @Test
    void a_ticket_by_which_somebody_is_in_lets_nobody_else_in() {
        String ticket = scene.ticket(EN);
        Client first = scene.connect().init(ticket, "resume", "mine");
        Client second = scene.connect().init(ticket, "resume", "yours");
        assertEquals("ticket-used", second.wire.error());
        assertEquals(0, first.wire.closedWith);
        assertEquals(1, scene.meters.waiting().get());
    }

    @Test
    void a_page_that_comes_back_while_its_old_connection_lingers_takes_its_place() {
        String ticket = scene.ticket(EN);
        Client old = scene.connect().init(ticket, "resume", "mine");
        scene.connect().init(scene.ticket(ES));
        scene.callIs("talking");
        Client back = scene.connect().init(ticket, "resume", "mine");
        assertEquals(4001, old.wire.closedWith);
        assertEquals("talking", back.wire.states().getLast());
        old.closes(1006);
        assertEquals(List.of("Answered"), events(0));
        scene.legs.getFirst().media().send(frame(1000));
        assertEquals(1, back.wire.all("audio_out").size());
    }

    @Test
    void a_page_that_loses_its_network_goes_on_where_it_was() {
        String ticket = scene.ticket(EN);
        Client client = scene.connect().init(ticket);
        Client other = scene.connect().init(scene.ticket(ES));
        scene.callIs("talking");
        client.closes(1006);
        assertEquals(List.of("Answered", "MediaLost"), events(0));
        assertEquals("other-lost", other.wire.states().getLast());
        scene.legs.getFirst().media().send(frame(1000));
        assertEquals(1, scene.count("frames.dropped", "reason", "unheard"));
        scene.loop.advance(Duration.ofSeconds(14));
        Client back = scene.connect().init(ticket);
        scene.loop.advance(Duration.ofMinutes(1));
        assertEquals(List.of("Answered", "MediaLost", "MediaBack"), events(0));
        assertEquals("other-back", other.wire.states().getLast());
        assertEquals(List.of("talking"), back.wire.states());
        assertEquals(1, scene.count("connections.lost"));
        assertEquals(1, scene.count("connections.resumed"));
    }

    @Test
    void a_page_that_does_not_come_back_in_time_has_hung_up() {
        Client client = scene.talking().getFirst();
        client.closes(1006);
        scene.loop.advance(Duration.ofMillis(14_999));
        assertEquals(List.of("Answered", "MediaLost"), events(0));
        scene.loop.advance(Duration.ofMillis(1));
        assertEquals(List.of("Answered", "MediaLost", "Ended"), events(0));
    }

    @Test
    void a_page_that_hangs_up_has_ended_at_once() {
        Client client = scene.talking().getFirst().say("{\"type\":\"bye\"}");
        assertEquals(List.of("Answered", "Ended"), events(0));
        assertEquals(1000, client.wire.closedWith);
    }

    @Test
    void a_client_that_closes_in_order_has_hung_up() {
        scene.talking().getFirst().closes(1000);
        assertEquals(List.of("Answered", "Ended"), events(0));
    }

    @Test
    void a_leg_that_is_hung_up_ends_once_and_its_client_is_told() {
        Client client = scene.talking().getFirst();
        Leg leg = scene.legs.getFirst();
        leg.hangUp(HangupCause.BUSY);
        leg.hangUp(HangupCause.NORMAL);
        leg.abandon();
        scene.loop.settle();
        assertEquals("busy", client.wire.error());
        assertEquals(new LegEvent.Ended(HangupCause.BUSY), scene.events.getFirst().getLast());
        assertEquals(2, scene.events.getFirst().size());
    }

    @Test
    void who_is_left_by_a_gateway_that_stops_is_told_to_come_back() {
        Client client = scene.talking().getFirst();
        scene.legs.getFirst().leave();
        scene.loop.settle();
        assertEquals(1012, client.wire.closedWith);
        assertEquals(List.of("Answered", "Ended"), events(0));
    }

    @Test
    void sound_is_heard_at_the_telephones_rate_and_answered_as_it_came() {
        List<Client> clients = scene.talking();
        List<AudioFrame> heard = new ArrayList<>();
        scene.legs.getFirst().media().hear(heard::add);
        clients.getFirst()
                .say(
                        new JsonObject()
                                .put("type", "audio")
                                .put("callId", CALL)
                                .put("chunk", Base64.getEncoder().encodeToString(new byte[1280])));
        assertEquals(2, heard.size());
        assertEquals(8000, heard.getFirst().rate());
        scene.legs.getFirst().media().send(frame(1000));
        byte[] pcm =
                Base64.getDecoder()
                        .decode(
                                clients.getFirst()
                                        .wire
                                        .all("audio_out")
                                        .getFirst()
                                        .getString("chunk"));
        assertEquals(640, pcm.length);
        clients.getFirst().binary(new byte[640]);
        assertEquals(3, heard.size());
        scene.legs.getFirst().media().send(frame(1000));
        assertEquals(640, clients.getFirst().wire.binaries.getFirst().length);
        assertEquals(1, clients.getFirst().wire.all("audio_out").size());
    }

    @Test
    void who_wants_the_voice_and_its_translation_apart_gets_them_left_and_right() {
        Client client = scene.connect().init(scene.ticket(EN), "layout", "split");
        scene.connect().init(scene.ticket(ES));
        LegMedia media = scene.legs.getFirst().media();
        assertTrue(media.isSplit());
        assertFalse(scene.legs.getLast().media().isSplit());
        client.binary(new byte[0]);
        for (int i = 0; i < 5; i++) {
            media.sendApart(frame(1000), frame(-4000));
        }
        ByteBuffer pcm =
                ByteBuffer.wrap(client.wire.binaries.getLast()).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(1280, pcm.limit());
        assertEquals(1000, pcm.getShort(1276), 5);
        assertEquals(-4000, pcm.getShort(1278), 20);
    }

    @Test
    void pcm_is_written_with_the_lower_byte_first() {
        assertArrayEquals(
                new byte[] {0x34, 0x12, -1, -1},
                ClientMedia.bytes(new short[] {0x1234, (short) -1}));
    }

    @Test
    void a_client_that_reads_too_slowly_misses_sound_and_it_is_counted() {
        Client client = scene.talking().getFirst();
        client.wire.full = true;
        scene.legs.getFirst().media().send(frame(1));
        assertEquals(1, scene.count("frames.dropped", "reason", "slow"));
        client.wire.full = false;
        scene.legs.getFirst().media().send(frame(1));
        assertEquals(1, client.wire.all("audio_out").size());
    }

    @Test
    void what_was_sent_counts_as_played_after_its_time_and_the_clients_buffer() {
        scene.talking();
        var played = new boolean[1];
        for (int i = 0; i < 5; i++) {
            scene.legs.getFirst().media().send(frame(1));
        }
        scene.legs.getFirst().media().whenPlayed(() -> played[0] = true);
        scene.loop.advance(Duration.ofMillis(179));
        assertEquals(false, played[0]);
        scene.loop.advance(Duration.ofMillis(1));
        assertEquals(true, played[0]);
    }

    private static CallEvent.Caption caption(
            @Nullable String said, @Nullable String translated, @Nullable Long firstAudio) {
        return caption(said, translated, firstAudio, false);
    }

    private static CallEvent.Caption caption(
            @Nullable String said,
            @Nullable String translated,
            @Nullable Long firstAudio,
            boolean skipped) {
        return new CallEvent.Caption(
                Lobby.callOf(CALL),
                Party.DESTINATION,
                4,
                ES,
                EN,
                said,
                translated,
                new CallEvent.Timing(1_000L, 2_000L, 2_100L, firstAudio, null, null),
                skipped);
    }

    @Test
    void both_read_what_is_said_as_it_comes() {
        List<Client> clients = scene.talking();
        scene.lobby.on(caption(null, null, null));
        scene.lobby.on(caption("Hola", null, null));
        scene.lobby.on(caption("Hola", "Hello", null));
        scene.lobby.on(caption("Hola", "Hello", 2_700L));
        for (Client client : clients) {
            List<JsonObject> read = client.wire.all("transcript");
            assertEquals(3, read.size());
            assertEquals(
                    new JsonObject(
                            """
                            {"type":"transcript","callId":"%s","role":"callee","language":"es",\
                            "text":"Hola","translation":"","final":false,"utterance":4}\
                            """
                                    .formatted(CALL)),
                    read.getFirst());
            assertEquals("Hello", read.get(1).getString("translation"));
            assertEquals(true, read.get(1).getBoolean("final"));
            assertEquals(700, read.get(2).getInteger("delayMillis"));
        }
    }

    @Test
    void both_read_that_something_will_not_be_translated() {
        List<Client> clients = scene.talking();
        scene.lobby.on(caption("Hola", null, null, true));
        for (Client client : clients) {
            JsonObject read = client.wire.all("transcript").getFirst();
            assertEquals(true, read.getBoolean("skipped"));
            assertEquals(true, read.getBoolean("final"));
        }
    }
}
