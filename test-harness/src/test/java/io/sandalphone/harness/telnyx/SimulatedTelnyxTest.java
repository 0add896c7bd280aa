package io.sandalphone.harness.telnyx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.CarrierFault;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.Reach;
import io.sandalphone.harness.carrier.RestClient;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.StreamReport;
import io.sandalphone.harness.carrier.TestGateway;
import io.sandalphone.harness.carrier.TestGateway.Post;
import io.sandalphone.harness.carrier.TestGateway.Session;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.measure.ALaw;
import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The simulated Telnyx against a server that does what a test says.
class SimulatedTelnyxTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NUMBER = "+34910000001";
    private static final String CALLEE = "+34600000002";
    private static final String PAUSE = "<Response><Pause length='60'/></Response>";

    private SimulatedTelnyx telnyx;
    private TestGateway gateway;
    private RestClient api;
    private Phone caller;

    @BeforeEach
    void start() {
        telnyx = SimulatedTelnyx.start(VERTX.get());
        gateway = TestGateway.start(VERTX.get());
        telnyx.reach()
                .map(
                        "gw.example.org",
                        new Reach.Place("127.0.0.1", gateway.origin().getPort(), false));
        telnyx.number(new IncomingNumber(NUMBER, "https://gw.example.org/voice"));
        caller = telnyx.phone("+34600000001");
        api = new RestClient(telnyx.api(), "Bearer " + telnyx.account().apiKey());
    }

    @AfterEach
    void stop() {
        telnyx.close();
        gateway.close();
    }

    @Test
    void a_webhook_is_signed_by_the_accounts_key_for_the_present_time() throws Exception {
        gateway.document("/voice", "<Reject/>");

        SimulatedCall call = telnyx.call(caller, NUMBER);

        Post post = gateway.post("/voice", 0);
        assertEquals(call.id(), post.form().get("CallSid"));
        assertEquals(call.id(), post.form().get("CallSidLegacy"));
        assertTrue(genuine(post, telnyx.keys().publicKey()));
        assertFalse(genuine(post, TelnyxKeys.generate().publicKey()));
        assertTrue(Math.abs(age(post)) < 60, "the timestamp is of now");
    }

    @Test
    void stale_and_forged_webhooks_can_be_had() throws Exception {
        gateway.document("/voice", "<Reject/>");
        telnyx.faults().strike(CarrierFault.STALE_TIMESTAMP, 1);
        telnyx.call(caller, NUMBER);
        telnyx.journal().await(PATIENCE, What.STATUS, "failed");
        assertTrue(age(gateway.post("/voice", 0)) > 300, "older than the tolerance");
        assertTrue(genuine(gateway.post("/voice", 0), telnyx.keys().publicKey()));

        telnyx.faults().strike(CarrierFault.WRONG_SIGNATURE, 1);
        telnyx.call(telnyx.phone("+34600000009"), NUMBER);
        assertFalse(genuine(gateway.post("/voice", 1), telnyx.keys().publicKey()));
    }

    @Test
    void a_stream_speaks_as_telnyx_does_a_few_frames_out_of_order() {
        gateway.document("/voice", stream("bidirectionalMode='rtp' bidirectionalCodec='PCMU'"));
        SimulatedCall call = telnyx.call(caller, NUMBER);

        Session session = gateway.session(0);
        session.message("media", 60);

        assertEquals("connected", session.messages().get(0).getString("event"));
        JsonObject start = session.message("start", 0);
        assertEquals("1", start.getString("sequence_number"));
        assertEquals(call.id(), start.getJsonObject("start").getString("call_control_id"));
        assertEquals(
                new JsonObject()
                        .put("encoding", "PCMU")
                        .put("sample_rate", 8000)
                        .put("channels", 1),
                start.getJsonObject("start").getJsonObject("media_format"));
        List<String> chunks =
                session.messages("media").subList(0, 52).stream()
                        .map(each -> each.getJsonObject("media").getString("chunk"))
                        .toList();
        assertEquals(List.of("49", "51", "50", "52"), chunks.subList(48, 52));
        assertEquals(List.of(), telnyx.journal().problems());
    }

    @Test
    void a_call_of_european_kind_speaks_a_law_to_the_server_and_hears_mu_law() {
        telnyx.faults().set(CarrierFault.A_LAW);
        gateway.document("/voice", stream("bidirectionalMode='rtp'"));
        telnyx.call(caller, NUMBER);
        Session session = gateway.session(0);
        session.message("media", 0);
        caller.say(ToneSpeech.USUAL.render(ToneWord.W1));
        Poll.until(
                PATIENCE,
                () -> words(aLaw(session)).contains(ToneWord.W1),
                "the server hears the word");

        session.send(media(MuLaw.encode(ToneSpeech.USUAL.render(ToneWord.W2))));
        session.send("{\"event\":\"mark\",\"mark\":{\"name\":\"m\"}}");
        session.message("mark", 0);

        JsonObject start = session.message("start", 0).getJsonObject("start");
        assertEquals("PCMA", start.getJsonObject("media_format").getString("encoding"));
        assertEquals(List.of(ToneWord.W1), words(aLaw(session)));
        assertEquals(List.of(ToneWord.W2), ToneDetector.listen(caller.heard().pcm()).words());
    }

    @Test
    void linear_sound_goes_both_ways_at_sixteen_kilohertz() {
        gateway.document(
                "/voice",
                stream(
                        "codec='L16' bidirectionalMode='rtp' bidirectionalCodec='L16'"
                                + " bidirectionalSamplingRate='16000'"));
        telnyx.call(caller, NUMBER);
        Session session = gateway.session(0);
        session.message("media", 0);
        caller.say(ToneSpeech.USUAL.render(ToneWord.W1));
        Poll.until(
                PATIENCE,
                () ->
                        ToneDetector.listen(linear(session)).heard(ToneWord.W1).stream()
                                .anyMatch(each -> each.millis() > 200),
                "the server hears the whole word");

        // What came is what goes back: the caller hears their own tone.
        session.send(media(payloads(session)));
        session.send("{\"event\":\"mark\",\"mark\":{\"name\":\"m\"}}");
        session.message("mark", 0);

        JsonObject format =
                session.message("start", 0).getJsonObject("start").getJsonObject("media_format");
        assertEquals("L16", format.getString("encoding"));
        assertEquals(16_000, format.getInteger("sample_rate"));
        assertEquals(List.of(ToneWord.W1), words(linear(session)));
        assertEquals(List.of(ToneWord.W1), ToneDetector.listen(caller.heard().pcm()).words());
    }

    @Test
    void raw_sound_is_dropped_without_a_word_unless_it_was_asked_for() {
        gateway.document("/voice", stream(""));
        SimulatedCall call = telnyx.call(caller, NUMBER);
        Session session = gateway.session(0);
        session.message("media", 0);

        session.send(media(MuLaw.encode(ToneSpeech.USUAL.render(ToneWord.W2))));
        session.send("{\"event\":\"mark\",\"mark\":{\"name\":\"m\"}}");
        session.message("mark", 0);

        StreamReport report = call.streams().getFirst();
        assertEquals(1, report.dropped());
        assertEquals(0, report.mediaReceived());
        assertEquals(List.of(), ToneDetector.listen(caller.heard().pcm()).words());
    }

    @Test
    void a_payload_of_less_than_a_frame_is_answered_with_an_error() {
        gateway.document("/voice", stream("bidirectionalMode='rtp'"));
        telnyx.call(caller, NUMBER);
        Session session = gateway.session(0);
        session.message("media", 0);

        session.send(media(new byte[159]));

        JsonObject error = session.message("error", 0).getJsonObject("payload");
        assertEquals(100003, error.getInteger("code"));
        assertEquals("malformed_frame", error.getString("title"));
        assertEquals(1, telnyx.journal().of(What.STREAM_WARNING).size());
    }

    @Test
    void a_call_is_made_by_the_application_or_the_account_and_ended_by_its_id() throws Exception {
        telnyx.phone(CALLEE).answers(new Answering.After(Duration.ofMillis(50)));
        String application = telnyx.account().application();

        RestClient.Reply created =
                api.post(
                        "/v2/texml/calls/" + application,
                        List.of(
                                Map.entry("To", CALLEE),
                                Map.entry("From", NUMBER),
                                Map.entry("Texml", PAUSE),
                                Map.entry("StatusCallback", "https://gw.example.org/status"),
                                Map.entry(
                                        "StatusCallbackEvent",
                                        "initiated ringing answered completed")));
        assertEquals(200, created.status());
        String id = created.json().getString("call_sid");
        assertEquals("queued", created.json().getString("status"));
        telnyx.journal().await(PATIENCE, What.VERB, "Pause");
        assertEquals(200, end(id).status());
        RestClient.Reply again = end(id);

        assertEquals(422, again.status());
        assertEquals(
                "90018", again.json().getJsonArray("errors").getJsonObject(0).getString("code"));
        assertEquals(404, end("v3:nobody").status());
        Poll.until(PATIENCE, () -> gateway.posts("/status").size() == 4, "four callbacks");
        assertEquals(
                List.of("initiated", "ringing", "in-progress", "completed"),
                gateway.posts("/status").stream()
                        .sorted(Comparator.comparing(each -> each.form().get("SequenceNumber")))
                        .map(each -> each.form().get("CallStatus"))
                        .toList());
        assertTrue(genuine(gateway.posts("/status").getFirst(), telnyx.keys().publicKey()));

        JsonObject order =
                new JsonObject()
                        .put("ApplicationSid", application)
                        .put("To", CALLEE)
                        .put("From", NUMBER)
                        .put("Url", "https://gw.example.org/texml");
        RestClient.Reply byAccount =
                api.post("/v2/texml/Accounts/" + telnyx.account().id() + "/Calls", order);
        assertEquals(200, byAccount.status());
        assertEquals(
                byAccount.json().getString("call_sid"),
                gateway.post("/texml", 0).form().get("CallSid"));
    }

    @Test
    void the_account_tells_its_numbers_and_where_they_are_announced() throws Exception {
        JsonObject number =
                api.get("/v2/phone_numbers?filter%5Bphone_number%5D=" + RestClient.encoded(NUMBER))
                        .json()
                        .getJsonArray("data")
                        .getJsonObject(0);
        JsonObject application =
                api.get("/v2/texml_applications/" + number.getString("connection_id"))
                        .json()
                        .getJsonObject("data");

        assertEquals(NUMBER, number.getString("phone_number"));
        assertEquals("https://gw.example.org/voice", application.getString("voice_url"));
        assertEquals("", application.getString("voice_fallback_url"));
        assertEquals(
                401,
                new RestClient(telnyx.api(), "Bearer wrong").get("/v2/phone_numbers").status());
    }

    private RestClient.Reply end(String id) throws Exception {
        return api.post(
                "/v2/texml/Accounts/%s/Calls/%s"
                        .formatted(telnyx.account().id(), RestClient.encoded(id)),
                List.of(Map.entry("Status", "completed")));
    }

    private static String stream(String attributes) {
        return "<Connect><Stream url='wss://gw.example.org/m/tok' %s/></Connect><Pause/>"
                .formatted(attributes);
    }

    private static String media(byte[] sound) {
        return new JsonObject()
                .put("event", "media")
                .put(
                        "media",
                        new JsonObject().put("payload", Base64.getEncoder().encodeToString(sound)))
                .encode();
    }

    /// All that the server heard, by its place in the stream.
    private static byte[] payloads(Session session) {
        var sound = new ByteArrayOutputStream();
        session.messages("media").stream()
                .map(each -> each.getJsonObject("media"))
                .sorted(Comparator.comparingInt(each -> Integer.parseInt(each.getString("chunk"))))
                .forEach(
                        each ->
                                sound.writeBytes(
                                        Base64.getDecoder().decode(each.getString("payload"))));
        return sound.toByteArray();
    }

    private static List<ToneWord> words(short[] pcm) {
        return ToneDetector.listen(pcm).words();
    }

    /// What the server heard of a stream that speaks A-law.
    private static short[] aLaw(Session session) {
        byte[] codes = payloads(session);
        short[] pcm = new short[codes.length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = ALaw.decode(codes[i]);
        }
        return pcm;
    }

    /// What the server heard of a stream that speaks L16 at 16 kHz, every other sample of it.
    private static short[] linear(Session session) {
        byte[] bytes = payloads(session);
        short[] wide = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN).asShortBuffer().get(wide);
        short[] narrow = new short[wide.length / 2];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = wide[2 * i];
        }
        return narrow;
    }

    private static long age(Post post) {
        long stamped = Long.parseLong(post.headers().get("telnyx-timestamp"));
        return Instant.now().getEpochSecond() - stamped;
    }

    /// Whether the signature is that of `publicKey`, computed as the documentation says.
    private static boolean genuine(Post post, String publicKey) throws Exception {
        byte[] header = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] raw = Base64.getDecoder().decode(publicKey);
        ByteBuffer encoded = ByteBuffer.allocate(header.length + raw.length).put(header).put(raw);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(
                KeyFactory.getInstance("Ed25519")
                        .generatePublic(new X509EncodedKeySpec(encoded.array())));
        String signed = post.headers().get("telnyx-timestamp") + "|" + post.body();
        signature.update(signed.getBytes(StandardCharsets.UTF_8));
        return signature.verify(
                Base64.getDecoder().decode(post.headers().get("telnyx-signature-ed25519")));
    }
}
