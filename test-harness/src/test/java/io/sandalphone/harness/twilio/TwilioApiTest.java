package io.sandalphone.harness.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.twilio.security.RequestValidator;

import io.sandalphone.harness.carrier.Answering;
import io.sandalphone.harness.carrier.CallStatus;
import io.sandalphone.harness.carrier.CarrierFault;
import io.sandalphone.harness.carrier.CarrierTimes;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.RestClient;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.TestGateway;
import io.sandalphone.harness.carrier.TestGateway.Post;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Calls that the simulated Twilio's REST API makes, and what their maker is told of them.
class TwilioApiTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CALLEE = "+34600000002";
    private static final String CALLS =
            "/2010-04-01/Accounts/" + TwilioAccount.EXAMPLE.sid() + "/Calls";
    private static final String PAUSE = "<Response><Pause length='60'/></Response>";

    private SimulatedTwilio twilio;
    private TestGateway gateway;
    private RestClient api;
    private Phone callee;

    @BeforeEach
    void start() {
        twilio = SimulatedTwilio.start(VERTX.get());
        gateway = TestGateway.start(VERTX.get());
        api = new RestClient(twilio.api(), basic(TwilioAccount.EXAMPLE.authToken()));
        callee = twilio.phone(CALLEE);
    }

    @AfterEach
    void stop() {
        twilio.close();
        gateway.close();
    }

    @Test
    void a_call_is_made_and_its_maker_is_told_of_each_step_in_signed_forms() throws Exception {
        RestClient.Reply created = create(CALLEE, PAUSE);

        assertEquals(201, created.status());
        assertEquals("queued", created.json().getString("status"));
        String id = created.json().getString("sid");
        twilio.journal().await(PATIENCE, What.VERB, "Pause");
        Poll.until(PATIENCE, () -> callee.recordings().getFirst().millis() > 0, "sound goes");
        assertEquals(200, update(id, "Status", "completed").status());

        List<Post> told = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            told.add(gateway.post("/status", i));
        }
        // Each comes over a connection of its own, in any order.
        told.sort(Comparator.comparing(each -> each.form().get("SequenceNumber")));
        assertEquals(
                List.of("initiated", "ringing", "in-progress", "completed"),
                told.stream().map(each -> each.form().get("CallStatus")).toList());
        assertEquals(
                List.of("0", "1", "2", "3"),
                told.stream().map(each -> each.form().get("SequenceNumber")).toList());
        assertTrue(
                Integer.parseInt(told.get(3).form().get("CallDuration")) >= 1,
                "a second that has begun counts");
        var validator = new RequestValidator(TwilioAccount.EXAMPLE.authToken());
        for (Post each : told) {
            assertEquals(id, each.form().get("CallSid"));
            assertTrue(
                    validator.validate(
                            gateway.origin() + "/status",
                            each.form(),
                            each.headers().get("X-Twilio-Signature")),
                    "signature of " + each.form());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "busy, busy, 486",
        "declines, busy, 603",
        "silent, no-answer, 487",
        "slow, no-answer, 487",
        "nobody, failed, 404"
    })
    void a_call_that_nobody_answers_ends_with_the_reason(
            String behaviour, String status, String sipCode) throws Exception {
        callee.answers(
                switch (behaviour) {
                    case "busy" -> new Answering.Busy();
                    case "declines" -> new Answering.Declines();
                    case "silent" -> new Answering.NoAnswer();
                    case "slow" -> new Answering.After(Duration.ofSeconds(5));
                    default -> new Answering.Unreachable();
                });

        create(CALLEE, PAUSE, "Timeout", "1");

        twilio.journal().await(PATIENCE, What.STATUS, status);
        Post last = last(status);
        assertEquals(sipCode, last.form().get("SipResponseCode"));
        assertEquals("0", last.form().get("CallDuration"));
        assertEquals(List.of(), callee.recordings());
    }

    @Test
    void a_telephone_that_is_in_a_call_is_busy_for_the_next_one() throws Exception {
        create(CALLEE, PAUSE);
        twilio.journal().await(PATIENCE, What.VERB, "Pause");

        create(CALLEE, PAUSE);

        twilio.journal().await(PATIENCE, What.STATUS, "busy");
        assertEquals(1, twilio.liveCalls().size());
    }

    @Test
    void a_call_that_rings_is_canceled_and_one_that_has_ended_cannot_be_changed() throws Exception {
        callee.answers(new Answering.NoAnswer());
        String id = create(CALLEE, PAUSE).json().getString("sid");
        twilio.journal().await(PATIENCE, What.STATUS, "ringing");

        assertEquals(200, update(id, "Status", "canceled").status());

        assertEquals("canceled", api.get(CALLS + "/" + id + ".json").json().getString("status"));
        RestClient.Reply again = update(id, "Status", "completed");
        assertEquals(400, again.status());
        assertEquals(21220, again.json().getInteger("code"));
        assertEquals(
                "https://www.twilio.com/docs/errors/21220", again.json().getString("more_info"));
    }

    @Test
    void an_answered_call_cannot_be_canceled() throws Exception {
        String id = create(CALLEE, PAUSE).json().getString("sid");
        twilio.journal().await(PATIENCE, What.VERB, "Pause");

        assertEquals(21220, update(id, "Status", "canceled").json().getInteger("code"));
        assertEquals(1, twilio.liveCalls().size());
    }

    @Test
    void a_live_call_goes_on_with_another_document_and_its_stream_stops() throws Exception {
        twilio.reach().plainly(gateway.origin());
        String stream =
                "<Response><Connect><Stream url='wss://%s/m'/></Connect></Response>"
                        .formatted(gateway.origin().getAuthority());
        String id = create(CALLEE, stream).json().getString("sid");
        gateway.session(0).message("media", 0);

        update(id, "Twiml", "<Response><Say>good bye</Say></Response>");

        gateway.session(0).message("stop", 0);
        twilio.journal().await(PATIENCE, What.VERB, "Say good bye");
        twilio.journal().await(PATIENCE, What.STATUS, "completed");
    }

    @Test
    void wrong_requests_are_refused_with_twilios_numbers() throws Exception {
        assertEquals(404, update("CA0", "Status", "completed").status());
        assertEquals(20404, update("CA0", "Status", "completed").json().getInteger("code"));
        assertEquals(21201, create("", PAUSE).json().getInteger("code"));
        assertEquals(
                20003,
                new RestClient(twilio.api(), basic("wrong"))
                        .get(CALLS + "/CA0.json")
                        .json()
                        .getInteger("code"));
        assertEquals(List.of(), twilio.calls());
    }

    @Test
    void a_request_may_fail_before_or_after_the_call_was_made() throws Exception {
        callee.answers(new Answering.NoAnswer());
        twilio.faults().strike(CarrierFault.RATE_LIMITED, 1);
        RestClient.Reply limited = create(CALLEE, PAUSE);
        assertEquals(429, limited.status());
        assertEquals(20429, limited.json().getInteger("code"));

        twilio.faults().strike(CarrierFault.FAILS_BEFORE, 1);
        assertEquals(503, create(CALLEE, PAUSE).status());
        assertEquals(0, twilio.calls().size());

        twilio.faults().strike(CarrierFault.FAILS_AFTER, 1);
        assertEquals(503, create(CALLEE, PAUSE).status());
        assertEquals(1, twilio.calls().size());

        twilio.faults().strike(CarrierFault.BREAKS_OFF_AFTER, 1);
        assertThrows(IOException.class, () -> create(CALLEE, PAUSE));
        assertEquals(2, twilio.calls().size());

        assertEquals(201, create(CALLEE, PAUSE).status());
    }

    @Test
    void what_detection_finds_is_told_while_the_call_goes_on() throws Exception {
        callee.answeredBy("machine_start");

        create(
                CALLEE,
                PAUSE,
                "MachineDetection",
                "Enable",
                "AsyncAmd",
                "true",
                "AsyncAmdStatusCallback",
                gateway.origin() + "/amd");

        Post finding = gateway.post("/amd", 0);
        assertEquals("machine_start", finding.form().get("AnsweredBy"));
        assertEquals(1, twilio.liveCalls().size());
    }

    @Test
    void callbacks_arrive_out_of_order_and_twice_when_they_are_told_to() throws Exception {
        twilio.faults().strike(CarrierFault.REORDERED_CALLBACKS, 1);
        twilio.faults().strike(CarrierFault.DUPLICATED_CALLBACKS, 1);

        create(CALLEE, PAUSE);

        Poll.until(PATIENCE, () -> gateway.posts("/status").size() == 4, "four callbacks");
        List<String> order =
                gateway.posts("/status").stream()
                        .map(each -> each.form().get("SequenceNumber"))
                        .toList();
        assertEquals(
                2, order.stream().filter("0"::equals).count(), "the first one twice: " + order);
        assertTrue(
                order.indexOf("0") > order.indexOf("1"), "the second before the first: " + order);
    }

    @Test
    void calls_beyond_the_accounts_rate_are_queued() throws Exception {
        twilio.close();
        var slow =
                new TwilioAccount(
                        TwilioAccount.EXAMPLE.sid(), TwilioAccount.EXAMPLE.authToken(), 1);
        twilio = SimulatedTwilio.start(VERTX.get(), slow, CarrierTimes.USUAL, 0);
        api = new RestClient(twilio.api(), basic(slow.authToken()));
        twilio.phone(CALLEE);

        String first = create(CALLEE, PAUSE).json().getString("sid");
        String second = create("+34600000003", PAUSE).json().getString("sid");
        twilio.journal().await(PATIENCE, What.STATUS, "failed");

        long apart = when(second, "initiated") - when(first, "queued");
        assertTrue(apart >= 950_000_000, apart + " ns from the first request to the second call");
    }

    private long when(String call, String status) {
        return twilio.journal().of(What.STATUS).stream()
                .filter(each -> each.call().equals(call) && each.detail().equals(status))
                .findFirst()
                .orElseThrow()
                .nanos();
    }

    @Test
    void a_number_says_where_its_calls_are_announced() throws Exception {
        twilio.number(
                new IncomingNumber("+15550100", "https://gw.example.org/v")
                        .withFallbackUrl("https://gw.example.org/f"));
        twilio.number(new IncomingNumber("+15550101", "https://gw.example.org/w"));

        var found =
                api.get(
                                "/2010-04-01/Accounts/%s/IncomingPhoneNumbers.json?PhoneNumber=%s"
                                        .formatted(
                                                TwilioAccount.EXAMPLE.sid(),
                                                RestClient.encoded("+15550100")))
                        .json()
                        .getJsonArray("incoming_phone_numbers");

        assertEquals(1, found.size());
        assertEquals("https://gw.example.org/v", found.getJsonObject(0).getString("voice_url"));
        assertEquals(
                "https://gw.example.org/f", found.getJsonObject(0).getString("voice_fallback_url"));
    }

    @Test
    void a_document_dials_another_party_and_the_two_talk() throws Exception {
        gateway.document(
                "/voice", "<Dial callerId='+15550100'><Number>+34600000002</Number></Dial>");
        twilio.number(new IncomingNumber("+15550100", gateway.origin() + "/voice"));
        Phone caller = twilio.phone("+15550199");
        callee.answers(new Answering.After(Duration.ofMillis(100)));

        SimulatedCall call = twilio.call(caller, "+15550100");
        Poll.until(PATIENCE, () -> callee.recordings().size() == 1, "the callee answered");
        caller.say(ToneSpeech.USUAL.render(ToneWord.W5));
        callee.say(ToneSpeech.USUAL.render(ToneWord.W6));
        Poll.until(PATIENCE, () -> words(callee).contains(ToneWord.W5), "the callee hears");
        Poll.until(PATIENCE, () -> words(caller).contains(ToneWord.W6), "the caller hears");
        callee.hangUp();

        Poll.until(PATIENCE, () -> call.status() == CallStatus.COMPLETED, "both have ended");
        assertEquals("+15550100", twilio.calls().get(1).from());
        assertEquals("outbound-dial", twilio.calls().get(1).identity().direction());
    }

    @Test
    void a_party_that_does_not_answer_leaves_the_call_to_the_next_verb() {
        gateway.document(
                "/voice", "<Dial><Sip>sip:back@192.0.2.1</Sip></Dial><Say>nobody there</Say>");
        twilio.number(new IncomingNumber("+15550100", gateway.origin() + "/voice"));

        twilio.call(twilio.phone("+15550199"), "+15550100");

        twilio.journal().await(PATIENCE, What.VERB, "Dial Sip sip:back@192.0.2.1");
        twilio.journal().await(PATIENCE, What.VERB, "Say nobody there");
    }

    private static List<ToneWord> words(Phone phone) {
        return ToneDetector.listen(phone.heard().pcm()).words();
    }

    private Post last(String status) {
        Poll.until(
                PATIENCE,
                () ->
                        gateway.posts("/status").stream()
                                .anyMatch(each -> status.equals(each.form().get("CallStatus"))),
                "told of " + status);
        return gateway.posts("/status").getLast();
    }

    private RestClient.Reply create(String to, String document, String... more) throws IOException {
        List<Map.Entry<String, String>> form = new ArrayList<>();
        form.add(Map.entry("To", to));
        form.add(Map.entry("From", "+15550100"));
        form.add(Map.entry("Twiml", document));
        form.add(Map.entry("StatusCallback", gateway.origin() + "/status"));
        for (String event : List.of("initiated", "ringing", "answered", "completed")) {
            form.add(Map.entry("StatusCallbackEvent", event));
        }
        for (int i = 0; i < more.length; i += 2) {
            form.add(Map.entry(more[i], more[i + 1]));
        }
        return api.post(CALLS + ".json", form);
    }

    private RestClient.Reply update(String id, String name, String value) throws IOException {
        return api.post(CALLS + "/" + id + ".json", List.of(Map.entry(name, value)));
    }

    private static String basic(String token) {
        String credentials = TwilioAccount.EXAMPLE.sid() + ":" + token;
        return "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
