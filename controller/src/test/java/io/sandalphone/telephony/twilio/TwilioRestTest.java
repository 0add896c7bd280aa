package io.sandalphone.telephony.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.markup.RestAnswer;
import io.sandalphone.telephony.markup.RestAnswer.Reason;
import io.sandalphone.telephony.markup.Standing;
import io.sandalphone.telephony.stream.FormParameters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

class TwilioRestTest {
    private static final FormParameters FORM = FormParameters.of("To", "+1 5", "Twiml", "<a/>");

    private final Vertx vertx = Vertx.vertx();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Consumer<HttpServerRequest> answer = request -> request.response().end();
    private volatile int port;

    @BeforeEach
    void listens() throws Exception {
        port =
                vertx.createHttpServer()
                        .requestHandler(
                                request ->
                                        request.body()
                                                .onSuccess(
                                                        body -> {
                                                            requests.add(
                                                                    request.method()
                                                                            + " "
                                                                            + request.uri()
                                                                            + " "
                                                                            + request.getHeader(
                                                                                    "Authorization")
                                                                            + " "
                                                                            + body);
                                                            answer.accept(request);
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

    private RestAnswer create() throws InterruptedException {
        return at(port).createCall(FORM);
    }

    private static TwilioRest at(int port) {
        return new TwilioRest(TwilioScene.settings(URI.create("http://127.0.0.1:" + port + "/")));
    }

    private void answers(int status, String body, String... header) {
        answer =
                request -> {
                    for (int i = 0; i < header.length; i += 2) {
                        request.response().putHeader(header[i], header[i + 1]);
                    }
                    request.response().setStatusCode(status).end(body);
                };
    }

    @Test
    void a_call_is_created_by_a_form_under_the_accounts_credentials() throws Exception {
        answers(
                201,
                "{\"sid\":\"" + TwilioScene.CALL + "\",\"status\":\"queued\",\"duration\":null}");

        assertEquals(new RestAnswer.Done(Optional.of(TwilioScene.CALL)), create());
        assertEquals(
                List.of(
                        "POST /2010-04-01/Accounts/"
                                + TwilioScene.ACCOUNT
                                + "/Calls.json Basic"
                                + " QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDoxMjM0NQ=="
                                + " To=%2B1+5&Twiml=%3Ca%2F%3E"),
                requests);
    }

    @Test
    void an_error_is_told_by_its_code() throws Exception {
        answers(400, "{\"code\":21220,\"message\":\"Call is not in-progress\",\"status\":400}");

        assertEquals(
                new RestAnswer.Refused(400, "21220", Reason.OTHER_STATE, HangupCause.FAILURE),
                at(port).updateCall(TwilioScene.CALL, FormParameters.of("Status", "completed")));
        assertTrue(requests.getFirst().contains("/Calls/" + TwilioScene.CALL + ".json"));
    }

    @Test
    void an_answer_that_says_nothing_is_told_by_its_status() throws Exception {
        answers(429, "slow down");
        assertEquals(
                new RestAnswer.Refused(429, "", Reason.TOO_MANY, HangupCause.FAILURE), create());

        answers(201, "");
        assertEquals(new RestAnswer.Done(Optional.empty()), create());
    }

    @Test
    void a_fault_of_twilios_leaves_open_whether_it_was_done_and_is_not_repeated() throws Exception {
        // OkHttp by itself would ask again at once.
        answers(503, "{\"code\":20503}", "Retry-After", "0");

        assertEquals(new RestAnswer.Unknown("status 503"), create());
        assertEquals(1, requests.size());
    }

    @Test
    void a_redirection_is_not_followed() throws Exception {
        answers(307, "", "Location", "/elsewhere");

        assertEquals(new RestAnswer.Refused(307, "", Reason.OTHER, HangupCause.FAILURE), create());
        assertEquals(1, requests.size());
    }

    @Test
    void a_connection_that_breaks_after_the_request_leaves_it_open_too() throws Exception {
        answer = request -> request.connection().close();

        assertInstanceOf(RestAnswer.Unknown.class, create());
        assertEquals(1, requests.size());
    }

    @Test
    void where_no_connection_comes_about_nothing_was_sent() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }

        assertInstanceOf(RestAnswer.Unsent.class, at(closed).createCall(FORM));
    }

    @Test
    void each_call_is_created_over_a_connection_of_its_own() throws Exception {
        List<SocketAddress> clients = new CopyOnWriteArrayList<>();
        answer =
                request -> {
                    clients.add(request.remoteAddress());
                    request.response().setStatusCode(201).end("{}");
                };
        TwilioRest rest = at(port);
        for (int i = 0; i < 2; i++) {
            assertInstanceOf(RestAnswer.Done.class, rest.createCall(FORM));
            assertInstanceOf(RestAnswer.Done.class, rest.updateCall(TwilioScene.CALL, FORM));
        }

        // Created, updated, created, updated.
        assertEquals(clients.get(1), clients.get(3));
        assertEquals(3, Set.copyOf(clients).size());
    }

    private Standing standing(int status, String body) throws InterruptedException {
        answers(status, body);
        return at(port).standing(TwilioScene.CALL);
    }

    private static String call(String status) {
        return "{\"sid\":\"%s\",\"account_sid\":\"%s\",\"status\":\"%s\"}"
                .formatted(TwilioScene.CALL, TwilioScene.ACCOUNT, status);
    }

    @Test
    void how_it_stands_with_a_call_is_what_twilio_says_of_its_name() throws Exception {
        assertEquals(new Standing.Connected(), standing(200, call("in-progress")));
        assertEquals(new Standing.Over(), standing(200, call("completed")));
        assertEquals(new Standing.Over(), standing(404, "{\"code\":20404}"));
        assertTrue(
                requests.getLast()
                        .startsWith(
                                "GET /2010-04-01/Accounts/%s/Calls/%s.json "
                                        .formatted(TwilioScene.ACCOUNT, TwilioScene.CALL)),
                requests::toString);
    }

    @Test
    void what_twilio_does_not_say_is_not_guessed() throws Exception {
        assertEquals(new Standing.Unsaid("state"), standing(200, call("ringing")));
        assertEquals(new Standing.Unsaid("state"), standing(200, call("dancing")));
        assertEquals(new Standing.Unsaid("refused"), standing(200, "no JSON"));
        assertEquals(
                new Standing.Unsaid("refused"),
                standing(
                        200,
                        call("in-progress").replace(TwilioScene.ACCOUNT, "AC" + "9".repeat(32))));
        assertEquals(new Standing.Unsaid("credentials"), standing(401, ""));
        assertEquals(new Standing.Unsaid("rate-limited"), standing(429, ""));
        assertEquals(new Standing.Unsaid("unreachable"), standing(503, ""));
        assertEquals(new Standing.Unsaid("refused"), standing(307, ""));
        answer = request -> request.connection().close();
        assertEquals(new Standing.Unsaid("unreachable"), at(port).standing(TwilioScene.CALL));
    }
}
