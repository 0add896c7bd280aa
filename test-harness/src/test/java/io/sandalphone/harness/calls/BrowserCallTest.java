package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sandalphone.harness.client.ClientPhone;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.LoopbackHttp;
import io.sandalphone.harness.lab.NetworkVertx;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Calls between a telephone on Asterisk and a client of the gateway's WebSocket, in both directions.
@RealAsterisk
class BrowserCallTest {
    private static final int PORT = 8091;

    /// A number whose route rings whoever stands by.
    private static final String RINGS_BROWSERS = "15550100003";

    /// Long enough to be known again where a busy machine lets something out of the middle.
    private static final ToneSpeech SAID = ToneSpeech.USUAL.withWord(Duration.ofSeconds(1));

    private final AsteriskHost host;
    private final List<ClientPhone> clients = new ArrayList<>();
    private CallLab lab;
    private Vertx vertx;

    BrowserCallTest(AsteriskHost host) {
        this.host = host;
    }

    @BeforeEach
    void open() throws Exception {
        lab =
                CallLab.open(
                        host,
                        CallLab.tones()
                                .route("+" + RINGS_BROWSERS, "browser", "relay: true")
                                .with(
                                        """
                                        public-http: {listen: 127.0.0.1, port: %d}
                                        clients: {}
                                        """
                                                .formatted(PORT)));
        vertx = NetworkVertx.in(host.vps());
    }

    @AfterEach
    void close() {
        try {
            lab.awaitIdle();
        } finally {
            clients.forEach(ClientPhone::close);
            vertx.close().await();
            lab.close();
        }
    }

    private ClientPhone enter(String... more) {
        var init =
                new JsonObject()
                        .put("callId", UUID.randomUUID().toString())
                        .put("token", ControllerSettings.TOKEN);
        for (int i = 0; i < more.length; i += 2) {
            init.put(more[i], more[i + 1]);
        }
        return keep(ClientPhone.enter(vertx, PORT, init));
    }

    private ClientPhone keep(ClientPhone client) {
        clients.add(client);
        return client;
    }

    private ClientPhone withTicketTo(String number) {
        String callId = UUID.randomUUID().toString();
        String ticket =
                new LoopbackHttp(
                                host.vps(),
                                PORT,
                                Map.of("Authorization", "Bearer " + ControllerSettings.TOKEN))
                        .request(
                                "POST",
                                "/tickets",
                                """
                                {"callId":"%s","to":"+%s","from":"+12125550188","language":"en",
                                "minutes":5}
                                """
                                        .formatted(callId, number))
                        .json()
                        .path("ticket")
                        .asText();
        return keep(ClientPhone.enter(vertx, PORT, callId, ticket));
    }

    private static void await(ClientPhone client, String word) {
        Poll.until(SOON, () -> client.words().contains(word), () -> word + " in " + client.words());
    }

    private void awaitInterpreted() {
        Poll.until(
                SOON,
                () -> lab.controller().sessions().at("/0/audio_attached").asBoolean(),
                () -> "it is interpreted: " + lab.controller().sessions());
    }

    private static void awaitHeard(ClientPhone browser, ToneWord word) {
        Poll.until(
                SOON,
                () -> words(browser.heard()).contains(word),
                () -> "the browser hears " + word + ", not " + words(browser.heard()));
    }

    private static void awaitHeard(PhoneCall phone, ToneWord word) {
        Poll.until(
                SOON,
                () -> heard(phone).contains(word),
                () -> "the phone hears " + word + ", not " + heard(phone));
    }

    private static List<ToneWord> words(SoundTimeline heard) {
        return ToneDetector.listen(heard.pcm()).words();
    }

    private static List<ToneWord> heard(PhoneCall phone) {
        return words(phone.media().received().heardByArrival());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_call_to_a_browser_rings_there_is_interpreted_and_ends_with_either(boolean callerEnds)
            throws Exception {
        ClientPhone browser = enter("standby", "*");
        await(browser, "standby");
        PhoneCall caller = lab.call(RINGS_BROWSERS);
        await(browser, "incoming");
        JsonObject incoming = browser.state("incoming");
        assertEquals("en", incoming.getString("otherLanguage"));
        assertEquals("es", incoming.getString("language"));
        assertFalse(caller.isUp());
        browser.answer();
        caller.awaitAnswered(SOON);
        await(browser, "talking");
        awaitInterpreted();
        caller.media().repeat(SAID.render(ToneWord.W4));
        awaitHeard(browser, ToneWord.W4);
        awaitHeard(browser, ToneWord.V4);
        assertFalse(heard(caller).contains(ToneWord.V4));
        browser.repeat(SAID.render(ToneWord.V2));
        awaitHeard(caller, ToneWord.V2);
        awaitHeard(caller, ToneWord.W2);
        if (callerEnds) {
            caller.hangUp();
            Poll.until(SOON, browser::isOver, () -> "over: " + browser.words());
        } else {
            browser.hangUp();
            caller.awaitEnded(SOON);
        }
    }

    @Test
    void the_first_browser_that_answers_has_the_call_and_the_other_stops_ringing()
            throws Exception {
        ClientPhone first = enter("standby", "*");
        ClientPhone second = enter("standby", RINGS_BROWSERS);
        await(first, "standby");
        await(second, "standby");
        PhoneCall caller = lab.call(RINGS_BROWSERS);
        await(first, "incoming");
        await(second, "incoming");
        second.answer();
        await(second, "talking");
        Poll.until(
                SOON,
                () -> first.words().getLast().equals("standby"),
                () -> "the other stands by again: " + first.words());
        assertEquals("answered-elsewhere", first.state("standby").getString("reason"));
        caller.hangUp();
    }

    @Test
    void a_caller_who_gives_up_stops_the_ringing() throws Exception {
        ClientPhone browser = enter("standby", "*");
        await(browser, "standby");
        PhoneCall caller = lab.call(RINGS_BROWSERS);
        await(browser, "incoming");
        caller.awaitRinging(SOON);
        caller.hangUp();
        Poll.until(
                SOON,
                () -> browser.words().getLast().equals("standby"),
                () -> "it stands by again: " + browser.words());
        assertEquals("missed", browser.state("standby").getString("reason"));
    }

    @Test
    void a_caller_learns_that_a_browser_declines_and_that_none_is_there() throws Exception {
        assertEquals(480, lab.call(RINGS_BROWSERS).finalStatus(SOON));
        ClientPhone browser = enter("standby", "*");
        await(browser, "standby");
        PhoneCall caller = lab.call(RINGS_BROWSERS);
        await(browser, "incoming");
        browser.decline();
        assertEquals(403, caller.finalStatus(SOON));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_browser_calls_a_routed_number_and_is_interpreted(boolean browserEnds) throws Exception {
        ClientPhone browser = withTicketTo(CallLab.BOTH_WAYS);
        PhoneCall phone =
                lab.destinations().awaitIncoming(CallLab.destinationOf(CallLab.BOTH_WAYS), SOON);
        await(browser, "talking");
        assertEquals("es", browser.state("talking").getString("otherLanguage"));
        awaitInterpreted();
        browser.repeat(SAID.render(ToneWord.W1));
        awaitHeard(phone, ToneWord.W1);
        awaitHeard(phone, ToneWord.V1);
        phone.media().repeat(SAID.render(ToneWord.V3));
        awaitHeard(browser, ToneWord.V3);
        awaitHeard(browser, ToneWord.W3);
        assertFalse(heard(phone).contains(ToneWord.W3));
        if (browserEnds) {
            browser.hangUp();
            phone.awaitEnded(SOON);
        } else {
            phone.hangUp();
            Poll.until(SOON, browser::isOver, () -> "over: " + browser.words());
        }
    }

    @Test
    void with_the_operators_token_a_browser_calls_whom_operators_may_in_its_own_language()
            throws Exception {
        ClientPhone browser = enter("to", "+12025550177", "languageHint", "es");
        PhoneCall phone = lab.destinations().awaitIncoming("+12025550177", SOON);
        await(browser, "talking");
        assertEquals("es", browser.state("talking").getString("language"));
        phone.hangUp();
        ClientPhone other = enter("to", "+442079460000");
        await(other, "error no-route");
    }
}
