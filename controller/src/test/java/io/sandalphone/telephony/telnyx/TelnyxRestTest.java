package io.sandalphone.telephony.telnyx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.Dial;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.markup.NewCall;
import io.sandalphone.telephony.markup.RestAnswer;
import io.sandalphone.telephony.markup.RestAnswer.Reason;
import io.sandalphone.telephony.markup.Standing;
import io.sandalphone.telephony.stream.PublicUrl;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// What is asked of Telnyx' REST interface, and what its answers mean.
class TelnyxRestTest {
    private static final NewCall CALL =
            new NewCall(
                    new Dial(
                            new E164("+525512345678"),
                            CallerId.UNKNOWN,
                            Duration.ofSeconds(2),
                            Duration.ofHours(9),
                            Optional.empty()),
                    "<Response/>",
                    "https://gw.example.org/telnyx/status?leg=key",
                    "https://gw.example.org/telnyx/machine");

    private final Vertx vertx = Vertx.vertx();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AccountId account = new AccountId();
    private volatile int status = 200;
    private volatile String body = "{}";
    private volatile int port;

    @BeforeEach
    void listens() throws Exception {
        port =
                vertx.createHttpServer()
                        .requestHandler(
                                request ->
                                        request.body()
                                                .onSuccess(
                                                        sent -> {
                                                            paths.add(
                                                                    request.getHeader(
                                                                                    "Authorization")
                                                                            + " "
                                                                            + request.uri());
                                                            bodies.add(sent.toString());
                                                            request.response()
                                                                    .setStatusCode(status)
                                                                    .end(body);
                                                        }))
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS)
                        .actualPort();
    }

    @AfterEach
    void stops() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private TelnyxSettings settings() {
        return settings(TelnyxCodec.PCMU, false);
    }

    private TelnyxSettings settings(TelnyxCodec codec, boolean machines) {
        return TelnyxScene.settings(URI.create("http://127.0.0.1:" + port + "/"), codec, machines);
    }

    private TelnyxDialect dialect(TelnyxCodec codec, boolean machines) {
        TelnyxSettings settings = settings(codec, machines);
        return new TelnyxDialect(
                settings, new PublicUrl(true, "gw.example.org"), new TelnyxRest(settings, account));
    }

    private TelnyxDialect dialect() {
        return dialect(TelnyxCodec.PCMU, false);
    }

    private JsonNode asked() throws Exception {
        return new ObjectMapper().readTree(bodies.getLast());
    }

    @Test
    void a_call_is_begun_by_the_application_until_a_webhook_has_told_the_account()
            throws Exception {
        body = "{\"call_sid\":\"v3:new\",\"from\":\"+1\",\"to\":\"+2\",\"status\":\"queued\"}";
        assertEquals(new RestAnswer.Done(Optional.of("v3:new")), dialect().begin(CALL));
        account.learn(TelnyxScene.ACCOUNT);
        body = "{\"from\":\"+1\",\"to\":\"+2\",\"status\":\"queued\"}";
        assertEquals(new RestAnswer.Done(Optional.empty()), dialect().begin(CALL));

        assertEquals(
                List.of(
                        "Bearer KEY123 /v2/texml/calls/" + TelnyxScene.APP,
                        "Bearer KEY123 /v2/texml/Accounts/" + TelnyxScene.ACCOUNT + "/Calls"),
                paths);
    }

    @Test
    void a_call_is_begun_with_its_document_and_all_reports() throws Exception {
        dialect().begin(CALL);

        JsonNode asked = asked();
        assertEquals("+525512345678", asked.path("To").asText());
        assertEquals(TelnyxScene.NUMBER, asked.path("From").asText());
        assertEquals(TelnyxScene.APP, asked.path("ApplicationSid").asText());
        assertEquals("<Response/>", asked.path("Texml").asText());
        // As short and as long as Telnyx allows.
        assertEquals(5, asked.path("Timeout").asInt());
        assertEquals(14_400, asked.path("TimeLimit").asInt());
        assertEquals(CALL.statusUrl(), asked.path("StatusCallback").asText());
        assertEquals(
                "initiated ringing answered completed", asked.path("StatusCallbackEvent").asText());
        assertEquals("PCMU,PCMA", asked.path("PreferredCodecs").asText());
        assertTrue(asked.path("MachineDetection").isMissingNode());
    }

    @Test
    void machines_are_looked_for_in_the_background_where_that_is_wanted() throws Exception {
        dialect(TelnyxCodec.L16, true).begin(CALL);

        assertEquals("Enable", asked().path("MachineDetection").asText());
        assertEquals(true, asked().path("AsyncAmd").asBoolean());
        assertEquals(CALL.machineUrl(), asked().path("AsyncAmdStatusCallback").asText());
        assertTrue(asked().path("PreferredCodecs").isMissingNode());
    }

    @Test
    void a_call_is_changed_by_its_account_once_that_is_known() throws Exception {
        assertInstanceOf(RestAnswer.Unsent.class, dialect().end("v3:a/b", false));
        assertEquals(List.of(), paths);

        account.learn(TelnyxScene.ACCOUNT);
        dialect().end("v3:a/b", false);
        dialect().redirect("v3:a/b", "<Response/>");

        assertEquals(
                "Bearer KEY123 /v2/texml/Accounts/" + TelnyxScene.ACCOUNT + "/Calls/v3%3Aa%2Fb",
                paths.getFirst());
        assertEquals(List.of("Status=completed", "Texml=%3CResponse%2F%3E"), bodies);
    }

    @ParameterizedTest
    @CsvSource({
        "422, 90018, GONE,        FAILURE",
        "404, 10005, GONE,        FAILURE",
        "429, 10011, TOO_MANY,    FAILURE",
        "401, 10009, CREDENTIALS, FAILURE",
        "403, D13,   OTHER,       REJECTED",
        "422, 90034, OTHER,       FAILURE",
    })
    void an_error_is_told_by_its_status_and_code(
            int answered, String code, Reason reason, HangupCause cause) throws Exception {
        status = answered;
        body = "{\"errors\":[{\"code\":\"" + code + "\",\"title\":\"x\",\"detail\":\"y\"}]}";

        assertEquals(new RestAnswer.Refused(answered, code, reason, cause), dialect().begin(CALL));
    }

    @Test
    void a_fault_of_telnyx_leaves_open_whether_it_was_done_and_is_not_repeated() throws Exception {
        status = 503;

        assertEquals(new RestAnswer.Unknown("status 503"), dialect().begin(CALL));
        assertEquals(1, paths.size());
    }

    @Test
    void what_can_be_no_account_is_not_taken_for_one() {
        assertEquals(false, account.learn("../../evil"));
        assertEquals(Optional.empty(), account.known());
    }

    @Test
    void a_call_of_an_earlier_gateway_tells_the_account() throws Exception {
        assertEquals(Map.of(), dialect().place("v3:one"));
        assertEquals(new Standing.Unsaid("account"), dialect().standing("v3:one"));
        account.learn(TelnyxScene.ACCOUNT);
        Map<String, String> place = dialect().place("v3:one");
        var anew = new AccountId();
        var started =
                new TelnyxDialect(
                        settings(),
                        new PublicUrl(true, "gw.example.org"),
                        new TelnyxRest(settings(), anew));
        assertEquals(Optional.of("v3:one"), started.callAt(place));
        body = "{\"sid\":\"v3:one\",\"status\":\"in-progress\"}";

        assertEquals(new Standing.Connected(), started.standing("v3:one"));
        assertEquals(
                "Bearer KEY123 /v2/texml/Accounts/" + TelnyxScene.ACCOUNT + "/Calls/v3%3Aone",
                paths.getLast());
        assertEquals(
                Optional.empty(), started.callAt(Map.of("call", "v3:one", "account", "another")));
        assertEquals(
                Optional.empty(),
                started.callAt(Map.of("call", "a/b", "account", TelnyxScene.ACCOUNT)));
    }
}
