package io.sandalphone.harness.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;

import io.sandalphone.harness.carrier.CallStatus;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.StreamEnd;
import io.sandalphone.harness.carrier.StreamReport;
import io.sandalphone.harness.carrier.TestGateway;
import io.sandalphone.harness.carrier.TestGateway.Answer;
import io.sandalphone.harness.carrier.TestGateway.Session;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The simulated Twilio against a server that does what a test says.
class SimulatedTwilioTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NUMBER = "+15550100";
    private static final String HOST = "gw.example.org";
    private static final String VOICE = "https://" + HOST + "/voice";
    private static final String STREAM =
            "<Connect><Stream url='wss://gw.example.org/media/7' name='a'>"
                    + "<Parameter name='tok' value='one-time'/></Stream></Connect>";
    private static final String ROOM =
            "<Dial><Conference beep='false' waitUrl=''"
                    + " endConferenceOnExit='true'>r-1</Conference></Dial>";

    private SimulatedTwilio twilio;
    private TestGateway gateway;
    private Phone caller;

    @BeforeEach
    void start() {
        twilio = SimulatedTwilio.start(VERTX.get());
        gateway = TestGateway.start(VERTX.get());
        twilio.reach().map(HOST, new Reach.Place("127.0.0.1", gateway.origin().getPort(), false));
        twilio.number(new IncomingNumber(NUMBER, VOICE));
        caller = twilio.phone("+15550199");
    }

    @AfterEach
    void stop() {
        twilio.close();
        gateway.close();
    }

    @Test
    void a_call_is_announced_by_a_form_that_twilios_own_validator_believes() {
        gateway.document("/voice", "<Reject/>");

        SimulatedCall call = twilio.call(caller, NUMBER);

        TestGateway.Post post = gateway.post("/voice", 0);
        assertEquals(call.id(), post.form().get("CallSid"));
        assertEquals("+15550199", post.form().get("From"));
        assertEquals(NUMBER, post.form().get("To"));
        assertEquals("ringing", post.form().get("CallStatus"));
        assertEquals("inbound", post.form().get("Direction"));
        assertEquals(HOST, post.headers().get("host"));
        assertTrue(
                new RequestValidator(twilio.account().authToken())
                        .validate(VOICE, post.form(), post.headers().get("X-Twilio-Signature")));
    }

    @Test
    void a_stream_opens_as_the_document_says_and_carries_what_the_phone_says() {
        gateway.document("/voice", STREAM + "<Pause/>");

        SimulatedCall call = twilio.call(caller, NUMBER);

        Session session = gateway.session(0);
        session.message("media", 0);
        caller.say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W2));
        Poll.until(
                PATIENCE,
                () -> ToneDetector.listen(heard(session)).words().contains(ToneWord.W2),
                "the server hears both words");
        assertEquals("/media/7", session.uri());
        assertTrue(
                new RequestValidator(twilio.account().authToken())
                        .validate(
                                "wss://gw.example.org/media/7",
                                Map.of(),
                                session.header("x-twilio-signature")));
        List<JsonObject> messages = session.messages();
        assertEquals("connected", messages.get(0).getString("event"));
        JsonObject start = messages.get(1);
        assertEquals("start", start.getString("event"));
        assertEquals("1", start.getString("sequenceNumber"));
        assertEquals(call.id(), start.getJsonObject("start").getString("callSid"));
        assertEquals(
                "one-time",
                start.getJsonObject("start").getJsonObject("customParameters").getString("tok"));
        JsonObject second = session.message("media", 1);
        assertEquals("3", second.getString("sequenceNumber"));
        assertEquals("2", second.getJsonObject("media").getString("chunk"));
        assertEquals("40", second.getJsonObject("media").getString("timestamp"));
        assertEquals(
                List.of(ToneWord.W1, ToneWord.W2), ToneDetector.listen(heard(session)).words());
        assertEquals(List.of(), twilio.journal().problems());
    }

    @Test
    void sound_sent_all_at_once_is_played_in_real_time_and_its_mark_comes_when_it_was_heard() {
        gateway.document("/voice", STREAM + "<Pause/>");
        SimulatedCall call = twilio.call(caller, NUMBER);
        Session session = gateway.session(0);
        String stream = streamOf(session);
        session.message("media", 4);

        session.send(media(stream, ToneSpeech.USUAL.render(ToneWord.V1, ToneWord.V2)));
        session.send(mark(stream, "spoken"));
        session.message("mark", 0);

        long played = caller.recordings().getFirst().millis();
        List<HeardTone> heard = ToneDetector.listen(caller.heard().pcm()).heard();
        assertEquals(
                List.of(ToneWord.V1, ToneWord.V2), heard.stream().map(HeardTone::word).toList());
        long apart = heard.get(1).startMillis() - heard.get(0).startMillis();
        assertTrue(Math.abs(apart - 320) <= 10, apart + " ms between the words");
        // The pause of 80 ms behind the second word is sound as well.
        assertTrue(
                played >= heard.get(1).endMillis() + 60,
                played + " ms played at the mark, " + heard);
        StreamReport report = call.streams().getFirst();
        assertEquals(640, report.mostBufferedMillis());
        assertEquals(List.of("spoken"), report.marksEchoed());
    }

    @Test
    void emptying_the_buffer_brings_every_mark_back_and_the_phone_hears_no_more() {
        gateway.document("/voice", STREAM + "<Pause/>");
        SimulatedCall call = twilio.call(caller, NUMBER);
        Session session = gateway.session(0);
        String stream = streamOf(session);

        session.send(media(stream, ToneSpeech.USUAL.render(ToneWord.V1)));
        session.send(mark(stream, "first"));
        session.message("mark", 0);
        session.send(media(stream, new short[8000 * 60]));
        session.send(media(stream, ToneSpeech.USUAL.render(ToneWord.V2)));
        session.send(mark(stream, "second"));
        session.send(mark(stream, "third"));
        session.send(bare("clear", stream));
        session.message("mark", 2);
        session.send(media(stream, ToneSpeech.USUAL.render(ToneWord.V3)));
        session.send(mark(stream, "fourth"));
        session.message("mark", 3);

        assertEquals(List.of("first", "second", "third", "fourth"), session.marks());
        assertEquals(
                List.of(ToneWord.V1, ToneWord.V3),
                ToneDetector.listen(caller.heard().pcm()).words());
        assertEquals(1, call.streams().getFirst().clears());
    }

    @Test
    void keys_are_told_and_a_hang_up_stops_the_stream() {
        gateway.document("/voice", STREAM + "<Pause/>");
        SimulatedCall call = twilio.call(caller, NUMBER);
        Session session = gateway.session(0);
        session.message("media", 0);

        caller.press('5');
        assertEquals("5", session.message("dtmf", 0).getJsonObject("dtmf").getString("digit"));
        caller.hangUp();

        JsonObject stop = session.message("stop", 0);
        assertEquals(call.id(), stop.getJsonObject("stop").getString("callSid"));
        Poll.until(PATIENCE, session::closed, "the socket closed");
        assertEquals(CallStatus.COMPLETED, call.status());
        assertEquals(StreamEnd.STOPPED, call.streams().getFirst().end());
    }

    @Test
    void what_is_no_message_is_ignored_and_warned_of_once() {
        gateway.document("/voice", STREAM + "<Pause/>");
        SimulatedCall call = twilio.call(caller, NUMBER);
        Session session = gateway.session(0);
        String stream = streamOf(session);

        session.send(media("MZ00000000000000000000000000000000", new short[160]));
        session.send("{\"event\":");
        session.send(message("shout", stream, new JsonObject()));
        session.send(bare("media", stream));
        session.sendBinary(new byte[160]);
        session.send(mark(stream, "last"));
        session.message("mark", 0);

        StreamReport report = call.streams().getFirst();
        assertEquals(5, report.invalid());
        assertEquals(0, report.mediaReceived());
        assertEquals(
                List.of(31951),
                twilio.journal().of(What.STREAM_WARNING).stream()
                        .map(each -> each.code())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "wss://gw.example.org/media?tok=1, 31920",
        "https://gw.example.org/media, 31922",
        "ws://gw.example.org/media, 31922",
        "wss:///media, 31923",
        "wss://127.0.0.1:1/media, 31902"
    })
    void a_stream_that_cannot_open_ends_its_verb_and_the_next_one_runs(String url, int code) {
        gateway.document(
                "/voice", "<Connect><Stream url='" + url + "'/></Connect><Say>nobody there</Say>");

        twilio.call(caller, NUMBER);

        twilio.journal().await(PATIENCE, What.VERB, "Say nobody there");
        assertEquals(code, twilio.journal().of(What.STREAM_ENDED).getFirst().code());
        assertEquals(0, gateway.sockets());
    }

    @Test
    void when_the_server_closes_a_stream_behind_which_nothing_stands_the_call_ends() {
        gateway.document("/voice", STREAM);
        SimulatedCall call = twilio.call(caller, NUMBER);
        Session session = gateway.session(0);
        session.message("media", 0);

        session.close();

        twilio.journal().await(PATIENCE, What.STATUS, "completed");
        assertEquals(StreamEnd.CLOSED, call.streams().getFirst().end());
        assertEquals(List.of(), twilio.liveCalls());
    }

    @Test
    void when_the_servers_process_dies_two_calls_meet_in_their_room_and_the_first_to_go_ends_it() {
        gateway.document("/voice", STREAM + ROOM);
        Phone other = twilio.phone("+15550198");
        SimulatedCall first = twilio.call(caller, NUMBER);
        SimulatedCall second = twilio.call(other, NUMBER);
        gateway.session(0).message("media", 0);
        gateway.session(1).message("media", 0);

        gateway.session(0).drop();
        gateway.session(1).drop();
        Poll.until(PATIENCE, () -> twilio.roomSize("r-1") == 2, "two in the room");
        caller.say(ToneSpeech.USUAL.render(ToneWord.W3));
        other.say(ToneSpeech.USUAL.render(ToneWord.W4));
        Poll.until(PATIENCE, () -> words(caller).contains(ToneWord.W4), "the caller hears");
        Poll.until(PATIENCE, () -> words(other).contains(ToneWord.W3), "the other hears");

        assertEquals(List.of(ToneWord.W4), words(caller));
        assertEquals(List.of(ToneWord.W3), words(other));
        assertEquals(StreamEnd.BROKEN, first.streams().getFirst().end());
        caller.hangUp();
        Poll.until(PATIENCE, () -> second.status().ended(), "the other one is let go");
        assertEquals(0, twilio.roomSize("r-1"));
    }

    @Test
    void a_webhook_that_fails_falls_to_the_numbers_fallback() {
        twilio.number(
                new IncomingNumber(NUMBER, VOICE)
                        .withFallbackUrl("https://gw.example.org/fallback")
                        .withFallbackDocument("<Response><Say>from the bin</Say></Response>"));
        gateway.answer("/voice", _ -> new Answer(500, ""));
        gateway.answer("/fallback", _ -> new Answer(200, "no document"));

        twilio.call(caller, NUMBER);

        twilio.journal().await(PATIENCE, What.VERB, "Say from the bin");
        assertEquals("11200", gateway.post("/fallback", 0).form().get("ErrorCode"));
        assertEquals(VOICE, gateway.post("/fallback", 0).form().get("ErrorUrl"));
        assertEquals(
                List.of(11200, 12100),
                twilio.journal().of(What.DOCUMENT).stream().map(each -> each.code()).toList());
    }

    @Test
    void a_rejected_call_was_never_connected() {
        gateway.document("/voice", "<Reject reason='busy'/>");

        SimulatedCall call = twilio.call(caller, NUMBER);

        twilio.journal().await(PATIENCE, What.STATUS, "busy");
        assertEquals(CallStatus.BUSY, call.status());
        assertEquals(List.of(), caller.recordings());
    }

    @Test
    void what_the_document_has_too_much_is_a_problem() {
        gateway.document("/voice", "<Hangup now='true'/>");

        twilio.call(caller, NUMBER);

        twilio.journal().await(PATIENCE, What.STATUS, "completed");
        assertEquals(
                List.of("<Hangup> has no attribute now"),
                twilio.journal().problems().stream().map(each -> each.detail()).toList());
    }

    private static List<ToneWord> words(Phone phone) {
        return ToneDetector.listen(phone.heard().pcm()).words();
    }

    private static String streamOf(Session session) {
        return session.message("start", 0).getString("streamSid");
    }

    /// All that the server heard, as one sound.
    private static short[] heard(Session session) {
        var sound = new ByteArrayOutputStream();
        for (JsonObject each : session.messages("media")) {
            sound.writeBytes(
                    Base64.getDecoder().decode(each.getJsonObject("media").getString("payload")));
        }
        return MuLaw.decode(sound.toByteArray());
    }

    private static String media(String stream, short[] pcm) {
        String payload = Base64.getEncoder().encodeToString(MuLaw.encode(pcm));
        return message("media", stream, new JsonObject().put("payload", payload));
    }

    private static String mark(String stream, String name) {
        return message("mark", stream, new JsonObject().put("name", name));
    }

    private static String message(String event, String stream, JsonObject body) {
        return new JsonObject()
                .put("event", event)
                .put("streamSid", stream)
                .put(event, body)
                .encode();
    }

    private static String bare(String event, String stream) {
        return new JsonObject().put("event", event).put("streamSid", stream).encode();
    }
}
