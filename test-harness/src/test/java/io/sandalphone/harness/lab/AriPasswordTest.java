package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What somebody who has got hold of the controller's ARI password can make of Asterisk.
@RealAsterisk
class AriPasswordTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String MODULE = "app_originate.so";
    private static final String PREMIUM = "+19005550100";

    private final AsteriskHost host;

    AriPasswordTest(AsteriskHost host) {
        this.host = host;
    }

    @AfterEach
    void nothing_remains() {
        host.awaitIdle(SOON);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /ari/asterisk/modules/app_originate.so",
        "POST, /ari/%61sterisk/modules/app_originate.so",
        "POST, /ari/asterisk/%6dodules/app_originate.so",
        "POST, /ari/asterisk/modules/..%2Fmodules%2Fapp_originate.so",
        "PUT, /ari/asterisk/modules/app_originate.so",
        "PUT, /ari/asterisk/config/dynamic/res_pjsip/endpoint/other",
        "POST, /ari/asterisk/logging/all?configuration=verbose",
        "POST, /ari/asterisk/variable?variable=SP_CALLED&value=+19005550100",
        "GET, /ari/asterisk/info",
        "GET, /ari/recordings/stored",
        "GET, /ari/sounds",
        "GET, /ari/deviceStates"
    })
    void what_could_load_change_or_record_anything_is_not_there(String method, String path) {
        assertEquals(404, host.ariRequests().request(method, path).status());
        assertNotLoaded();
    }

    @Test
    void nor_is_it_over_the_events_connection() throws Exception {
        var answer = new CompletableFuture<JsonNode>();
        String request =
                """
                {"type": "RESTRequest", "request_id": "1", "method": "POST",
                 "uri": "asterisk/modules/%s"}\
                """
                        .formatted(MODULE);
        try (var executor = Executors.newCachedThreadPool(host.vps().threadFactory());
                HttpClient http = HttpClient.newBuilder().executor(executor).build()) {
            WebSocket socket =
                    host.vps()
                            .call(
                                    () ->
                                            http.newWebSocketBuilder()
                                                    .buildAsync(events(), new Responses(answer))
                                                    .join());
            try {
                socket.sendText(request, true).join();
                JsonNode response = answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
                assertEquals(404, response.path("status_code").asInt(), response::toString);
            } finally {
                socket.abort();
            }
        }
        assertNotLoaded();
    }

    private URI events() {
        return URI.create(
                "ws://127.0.0.1:%d/ari/events?app=other&api_key=%s:%s"
                        .formatted(
                                host.ari().getPort(),
                                AsteriskHost.ARI_USER,
                                AsteriskHost.ARI_SECRET));
    }

    private void assertNotLoaded() {
        String loaded = host.console("module show like " + MODULE);
        assertTrue(loaded.contains("0 modules loaded"), loaded);
    }

    /// Completes with the first response to a request.
    private static final class Responses implements WebSocket.Listener {
        private final CompletableFuture<JsonNode> response;
        private final StringBuilder text = new StringBuilder();

        Responses(CompletableFuture<JsonNode> response) {
            this.response = response;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    JsonNode message = new ObjectMapper().readTree(text.toString());
                    if (message.path("type").asText().equals("RESTResponse")) {
                        response.complete(message);
                    }
                } catch (IOException e) {
                    response.completeExceptionally(e);
                }
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, data, last);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"from-voipms", "inbound", "untranslated", "fallback-route"})
    void through_the_dialplan_nobody_is_dialled_who_has_no_route(String context) throws Exception {
        try (SipPhone trunk = trunk()) {
            LoopbackHttp.Answer answer =
                    host.ariRequests()
                            .request(
                                    "POST",
                                    "/ari/channels?endpoint=Local/%s@%s&extension=s&context=inbound"
                                                    .formatted(PREMIUM.replace("+", "%2B"), context)
                                            + "&priority=1",
                                    "{\"variables\": {\"SP_CALLED\": \"%s\"}}".formatted(PREMIUM));
            assertTrue(answer.status() == 200 || answer.status() >= 400, answer::toString);
            host.awaitIdle(SOON);
            assertEquals(Set.of(), called(trunk));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PJSIP/%2B19005550100@voipms",
                "PJSIP/19005550100@voipms",
                "PJSIP/9005550100@voipms",
                "PJSIP/voipms/sip:%2B19005550100@10.77.0.1",
                "PJSIP/%2B881612345678@voipms",
                "PJSIP/011881612345678@voipms",
                "PJSIP/00881612345678@voipms"
            })
    void what_costs_by_the_minute_is_not_dialled_at_all(String endpoint) throws Exception {
        try (SipPhone trunk = trunk()) {
            dial(endpoint);
            host.awaitIdle(SOON);
            assertEquals(Set.of(), called(trunk));
        }
    }

    @Test
    void nor_is_anybody_but_the_trunk() throws Exception {
        String elsewhere = "10.77.0.9";
        Command.run(
                host.carrier().command("ip", "address", "add", elsewhere + "/24", "dev", "lab0"));
        try (SipPhone stranger =
                SipPhone.open(host.carrier(), new InetSocketAddress(elsewhere, 5060))) {
            dial("PJSIP/voipms/sip:%2B525512345678@" + elsewhere);
            host.awaitIdle(SOON);
            assertEquals(Set.of(), called(stranger));
        } finally {
            Command.run(
                    host.carrier()
                            .command("ip", "address", "del", elsewhere + "/24", "dev", "lab0"));
        }
    }

    /// The controller dials in this way, and so can whoever has its password (decision 0019).
    @Test
    void an_ordinary_number_is_dialled() throws Exception {
        try (SipPhone trunk = trunk()) {
            trunk.onIncoming(_ -> Answer.refuse(486));
            dial("PJSIP/%2B525512345678@voipms");
            trunk.awaitIncoming("+525512345678", SOON);
            // A phone that is closed does not refuse any more.
            host.awaitIdle(SOON);
        }
    }

    private void dial(String endpoint) {
        LoopbackHttp.Answer answer =
                host.ariRequests()
                        .request(
                                "POST",
                                "/ari/channels?endpoint="
                                        + endpoint
                                        + "&context=sp-probe&extension=s&priority=1");
        assertTrue(answer.status() == 200 || answer.status() >= 400, answer::toString);
    }

    private SipPhone trunk() throws Exception {
        return SipPhone.open(
                host.carrier(), new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, 5060));
    }

    private static Set<String> called(SipPhone phone) {
        return phone.calls().stream().map(PhoneCall::called).collect(Collectors.toSet());
    }
}
