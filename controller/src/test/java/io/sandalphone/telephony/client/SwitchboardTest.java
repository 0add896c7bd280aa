package io.sandalphone.telephony.client;

import static io.sandalphone.telephony.client.ClientScene.CALL;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.call.CallEvent;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.Leg;
import io.sandalphone.telephony.LegContext;
import io.sandalphone.telephony.LegEvent;
import io.sandalphone.telephony.Party;
import io.sandalphone.telephony.client.ClientScene.Client;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a call rings clients that stand by, and who has it.
class SwitchboardTest {
    private static final String NUMBER = "15551230001";
    private static final String ANSWER = "{\"type\":\"answer\"}";
    private static final String DECLINE = "{\"type\":\"decline\"}";
    private static final Duration RING = Duration.ofSeconds(30);

    private final ClientScene scene = new ClientScene();
    private final List<LegEvent> events = new ArrayList<>();

    SwitchboardTest() {
        scene.calls.browsers.addAll(List.of("+" + NUMBER, NUMBER, "*"));
    }

    private String ticket(String numbers) {
        return scene.tickets.write(
                new Ticket(
                        Tickets.newId(),
                        CALL,
                        ClientScene.ES,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(numbers),
                        scene.now().plusSeconds(3600)));
    }

    private Client standBy(String numbers) {
        return scene.connect().init(ticket(numbers));
    }

    private Leg ring(String callId, List<LegEvent> told) {
        scene.calls.is(callId, "dialing");
        Leg leg =
                scene.lobby
                        .switchboard()
                        .dial(
                                new LegContext(callId, Party.DESTINATION, scene.loop, "room"),
                                new Dial(
                                        new Browser(NUMBER),
                                        new CallerId("+12125550109", "Ana", false),
                                        RING,
                                        Duration.ofHours(1),
                                        Optional.of(Browser.CARRIER)));
        leg.listen(told::add);
        scene.loop.settle();
        return leg;
    }

    private Leg ring() {
        return ring("call1", events);
    }

    private double rang(String result) {
        return scene.count("rings", "result", result);
    }

    @Test
    void a_call_rings_at_all_who_stand_by_and_says_who_calls_and_in_which_languages() {
        List<Client> clients = List.of(standBy("+" + NUMBER), standBy("*"));
        assertEquals(2, scene.meters.standingBy().get());
        ring();
        for (Client client : clients) {
            assertEquals(1, client.wire.all("ready").size());
            assertEquals(List.of("standby", "incoming"), client.wire.states());
            JsonObject incoming = client.wire.all("state").getLast();
            assertEquals("+12125550109", incoming.getString("from"));
            assertEquals("Ana", incoming.getString("name"));
            assertEquals("es", incoming.getString("language"));
            assertEquals("en", incoming.getString("otherLanguage"));
        }
        assertEquals(List.of(new LegEvent.Ringing()), events);
    }

    @Test
    void the_first_who_answers_has_the_call_and_the_others_stop_ringing() {
        Client first = standBy("*");
        Client second = standBy("*");
        ring();
        second.say(ANSWER);
        first.say(ANSWER);
        scene.callIs("call1", "talking");
        assertEquals(List.of(new LegEvent.Ringing(), new LegEvent.Answered()), events);
        assertEquals(List.of("standby", "incoming", "talking"), second.wire.states());
        JsonObject talking = second.wire.all("state").getLast();
        assertEquals("callee", talking.getString("role"));
        assertEquals("es", talking.getString("language"));
        assertEquals(List.of("standby", "incoming", "standby"), first.wire.states());
        assertEquals("answered-elsewhere", first.wire.all("state").getLast().getString("reason"));
        assertEquals(1, rang("answered"));
    }

    @Test
    void what_is_said_after_the_answer_is_heard_both_ways() {
        Client client = standBy("*");
        Leg leg = ring();
        client.say(ANSWER);
        List<AudioFrame> heard = new ArrayList<>();
        leg.media().hear(heard::add);
        client.binary(new byte[640]);
        assertEquals(1, heard.size());
        leg.media().send(new AudioFrame(new short[160], 8000, 0));
        assertEquals(1, client.wire.binaries.size());
    }

    @Test
    void nothing_passes_before_the_answer() {
        Client client = standBy("*");
        Leg leg = ring();
        client.binary(new byte[640]);
        leg.media().send(new AudioFrame(new short[160], 8000, 0));
        assertEquals(1, scene.count("frames.dropped", "reason", "early"));
        assertEquals(1, scene.count("frames.dropped", "reason", "unheard"));
    }

    @Test
    void a_call_that_all_decline_is_refused() {
        Client first = standBy("*");
        Client second = standBy("*");
        ring();
        first.say(DECLINE);
        assertEquals(List.of(new LegEvent.Ringing()), events);
        second.say(DECLINE);
        assertEquals(new LegEvent.Ended(HangupCause.REJECTED), events.getLast());
        assertEquals(List.of("standby", "incoming", "standby"), first.wire.states());
        assertEquals(1, rang("declined"));
    }

    @Test
    void a_call_that_nobody_answers_ends_after_its_ring_time() {
        Client client = standBy("*");
        ring();
        scene.loop.advance(RING);
        assertEquals(new LegEvent.Ended(HangupCause.NO_ANSWER), events.getLast());
        assertEquals("missed", client.wire.all("state").getLast().getString("reason"));
        assertEquals(1, rang("missed"));
    }

    @Test
    void a_caller_who_gives_up_stops_the_ringing() {
        Client client = standBy("*");
        Leg leg = ring();
        leg.hangUp(HangupCause.NORMAL);
        scene.loop.settle();
        assertEquals(List.of("standby", "incoming", "standby"), client.wire.states());
        client.say(ANSWER);
        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), events.getLast());
        assertEquals(0, client.wire.closedWith);
    }

    @Test
    void a_call_with_nobody_there_waits_for_a_moment_and_is_not_answered() {
        ring();
        scene.loop.advance(Switchboard.NOBODY.minusMillis(1));
        assertEquals(List.of(), events);
        scene.loop.advance(Duration.ofMillis(1));
        assertEquals(List.of(new LegEvent.Ended(HangupCause.NO_ANSWER)), events);
        assertEquals(1, rang("nobody"));
    }

    @Test
    void who_comes_while_it_rings_is_rung_too() {
        ring();
        scene.loop.advance(Duration.ofSeconds(3));
        Client client = standBy("*");
        assertEquals(List.of("standby", "incoming"), client.wire.states());
        scene.loop.advance(Duration.ofSeconds(10));
        client.say(ANSWER);
        assertEquals(new LegEvent.Answered(), events.getLast());
    }

    @Test
    void a_second_call_rings_elsewhere_and_finds_who_is_in_one_busy() {
        Client client = standBy("*");
        ring();
        client.say(ANSWER);
        List<LegEvent> second = new ArrayList<>();
        ring("call2", second);
        scene.loop.advance(Switchboard.NOBODY);
        assertEquals(List.of(new LegEvent.Ended(HangupCause.BUSY)), second);
    }

    @Test
    void a_client_that_is_freed_rings_for_the_call_that_waits() {
        Client client = standBy("*");
        Leg first = ring();
        List<LegEvent> second = new ArrayList<>();
        ring("call2", second);
        first.hangUp(HangupCause.NORMAL);
        scene.loop.settle();
        assertEquals(List.of("standby", "incoming", "standby", "incoming"), client.wire.states());
        assertEquals(List.of(new LegEvent.Ringing()), second);
    }

    @Test
    void the_last_who_leaves_while_it_rings_leaves_a_moment_to_come_back() {
        Client client = standBy("*");
        ring();
        client.closes(1006);
        assertEquals(0, scene.meters.standingBy().get());
        assertEquals(List.of(new LegEvent.Ringing()), events);
        scene.loop.advance(Switchboard.NOBODY);
        assertEquals(new LegEvent.Ended(HangupCause.NO_ANSWER), events.getLast());
    }

    @Test
    void when_the_caller_hangs_up_the_client_is_told_and_may_stand_by_again() {
        String ticket = ticket("*");
        Client client = scene.connect().init(ticket);
        Leg leg = ring();
        client.say(ANSWER);
        scene.callIs("call1", "talking");
        leg.hangUp(HangupCause.NORMAL);
        scene.lobby.on(new CallEvent.Ended("call1", "completed", "caller-hung-up", 0));
        scene.loop.settle();
        assertEquals("ended", client.wire.states().getLast());
        assertEquals(1000, client.wire.closedWith);
        client.closes(1000);
        assertEquals(0, scene.meters.standingBy().get());
        assertEquals(List.of("standby"), scene.connect().init(ticket).wire.states());
    }

    @Test
    void a_client_that_hangs_up_ends_its_leg() {
        Client client = standBy("*");
        ring();
        client.say(ANSWER).say("{\"type\":\"bye\"}");
        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), events.getLast());
        assertEquals(0, scene.meters.standingBy().get());
    }

    @Test
    void a_client_that_loses_its_connection_in_the_call_comes_back_to_it() {
        String ticket = ticket("*");
        Client client = scene.connect().init(ticket, "resume", "word");
        ring();
        client.say(ANSWER);
        scene.callIs("call1", "talking");
        client.closes(1006);
        assertEquals(new LegEvent.MediaLost("connection"), events.getLast());
        Client again = scene.connect().init(ticket, "resume", "word");
        assertEquals(new LegEvent.MediaBack(), events.getLast());
        assertEquals(List.of("talking"), again.wire.states());
        again.say("{\"type\":\"bye\"}");
        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), events.getLast());
        assertEquals(0, scene.meters.standingBy().get());
    }

    @Test
    void a_ticket_lets_one_client_stand_by_and_the_same_one_again() {
        String ticket = ticket("*");
        Client first = scene.connect().init(ticket, "resume", "word");
        assertEquals("ticket-used", scene.connect().init(ticket).wire.error());
        Client again = scene.connect().init(ticket, "resume", "word");
        assertEquals(ClientLeg.TAKEN_OVER, first.wire.closedWith);
        assertEquals(List.of("standby"), again.wire.states());
        assertEquals(1, scene.meters.standingBy().get());
    }

    @Test
    void nobody_stands_by_at_a_number_that_rings_no_browser() {
        Client client = standBy("+15551230002");
        assertEquals("no-route", client.wire.error());
        assertEquals(1008, client.wire.closedWith);
    }

    @Test
    void who_stands_by_for_another_number_is_not_rung() {
        scene.calls.browsers.add("+15551230002");
        Client client = standBy("+15551230002");
        ring();
        assertEquals(List.of("standby"), client.wire.states());
    }

    @Test
    void who_comes_by_the_operators_token_stands_by_too() {
        Client client =
                scene.connect()
                        .say(
                                ClientScene.initOf("")
                                        .put("token", ClientScene.TOKEN.reveal())
                                        .put("standby", "*"));
        ring();
        assertEquals(List.of("standby", "incoming"), client.wire.states());
    }

    @Test
    void a_guess_at_the_operators_token_is_counted_as_one_in_a_request_is() {
        Client client =
                scene.connect()
                        .say(ClientScene.initOf("").put("token", "a guess").put("standby", "*"));
        assertEquals("not-admitted", client.wire.error());
        assertEquals(1, scene.registry.get("sandalphone.http.unauthorized").counter().count());
    }

    @Test
    void an_answer_from_who_does_not_stand_by_is_told_so() {
        Client client = scene.talking().getFirst().say(ANSWER);
        assertEquals("not-standing-by", client.wire.error());
    }

    @Test
    void a_client_that_leaves_between_the_answer_and_its_call_is_lost_to_it() {
        Client client = standBy("*");
        ring();
        client.connection.text(ANSWER);
        client.closes(1006);
        assertEquals(new LegEvent.MediaLost("connection"), events.getLast());
        scene.loop.advance(Duration.ofSeconds(15));
        assertEquals(new LegEvent.Ended(HangupCause.NORMAL), events.getLast());
        assertEquals(0, scene.meters.standingBy().get());
    }

    @Test
    void no_telephone_is_rung_here() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        scene.lobby
                                .switchboard()
                                .dial(
                                        new LegContext("c", Party.DESTINATION, scene.loop, "r"),
                                        new Dial(
                                                new E164("+12125550102"),
                                                CallerId.UNKNOWN,
                                                RING,
                                                RING,
                                                Optional.empty())));
    }
}
