package io.sandalphone.app;

import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.twilio.TwilioSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Twilio's end of a [Rehearsal], within this process: signed webhooks, a REST interface on loopback that begins
/// calls, and sockets for [RehearsedPhone]s. Its methods block, and are called on no loop.
final class RehearsedCarrier implements AutoCloseable {
    private static final String CALLS = "/Calls.json";
    private static final Pattern TOKEN = Pattern.compile("value=\"([^\"]+)\"");
    private static final String CALLER_SID = sid("CA", 1);
    private static final String DESTINATION_SID = sid("CA", 2);

    private final Vertx vertx;
    private final String account;
    private final String authToken;
    private final HttpServer api;
    private final HttpClient webhooks;
    private final WebSocketClient sockets;
    private final Promise<FormParameters> rung = Promise.promise();

    /// An account that exists nowhere, of which `authToken` is known to nobody else.
    RehearsedCarrier(Vertx vertx, String authToken) throws Exception {
        this.vertx = vertx;
        this.authToken = authToken;
        account = sid("AC", 0);
        api =
                EventLoops.await(
                        vertx.createHttpServer()
                                .requestHandler(this::answer)
                                .listen(0, "127.0.0.1"));
        webhooks = vertx.createHttpClient();
        sockets = vertx.createWebSocketClient();
    }

    private static String sid(String kind, int number) {
        return kind + "%032x".formatted(number);
    }

    String account() {
        return account;
    }

    /// Where its REST interface is: what [TwilioSettings#apiUrl] says.
    URI api() {
        return URI.create("http://127.0.0.1:" + api.actualPort());
    }

    private void answer(HttpServerRequest request) {
        request.body()
                .onSuccess(
                        body -> {
                            boolean begins = request.path().endsWith(CALLS);
                            if (begins) {
                                rung.tryComplete(FormParameters.parse(body.toString()));
                            }
                            request.response()
                                    .setStatusCode(begins ? 201 : 200)
                                    .putHeader("Content-Type", "application/json")
                                    .end(
                                            "{\"sid\":\"%s\",\"status\":\"queued\"}"
                                                    .formatted(DESTINATION_SID));
                        });
    }

    /// Announces a call of `from` to `to`, whose webhook is at `port` of loopback and known as `url`, and opens the
    /// stream that the answer asks for.
    RehearsedPhone call(int port, String url, String from, String to) throws Exception {
        var form =
                Map.of(
                        "CallSid", CALLER_SID,
                        "AccountSid", account,
                        "From", from,
                        "To", to,
                        "CallStatus", "ringing",
                        "Direction", "inbound");
        String document = post(port, url, "/twilio/voice", form);
        return open(port, url, CALLER_SID, document);
    }

    /// The telephone that the gateway rings: it says that it was answered, and its stream is opened.
    RehearsedPhone answer(int port, String url) throws Exception {
        FormParameters order = EventLoops.await(rung.future());
        URI callback = URI.create(order.get("StatusCallback").orElseThrow());
        var form =
                Map.of(
                        "CallSid",
                        DESTINATION_SID,
                        "AccountSid",
                        account,
                        "CallStatus",
                        "in-progress",
                        "SequenceNumber",
                        "1");
        var _ = post(port, url, callback.getRawPath() + "?" + callback.getRawQuery(), form);
        return open(port, url, DESTINATION_SID, order.get("Twiml").orElseThrow());
    }

    private RehearsedPhone open(int port, String url, String call, String document)
            throws Exception {
        Matcher token = TOKEN.matcher(document);
        if (!token.find()) {
            throw new IllegalStateException("no stream was asked for");
        }
        String path = "/twilio/stream";
        var options = new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
        options.putHeader(
                "x-twilio-signature", sign(url.replaceFirst("^http", "ws") + path, Map.of()));
        return EventLoops.await(
                sockets.connect(options)
                        .map(
                                socket ->
                                        new RehearsedPhone(
                                                vertx,
                                                socket,
                                                account,
                                                call,
                                                "MZ" + call.substring(2),
                                                token.group(1))));
    }

    private String post(int port, String url, String path, Map<String, String> form)
            throws Exception {
        var parameters = new StringBuilder();
        form.forEach((name, value) -> parameters.append('&').append(encoded(name, value)));
        var options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI(path)
                        .putHeader("Content-Type", "application/x-www-form-urlencoded")
                        .putHeader("X-Twilio-Signature", sign(url + path, form));
        return EventLoops.await(
                webhooks.request(options)
                        .compose(request -> request.send(parameters.substring(1)))
                        .compose(RehearsedCarrier::body));
    }

    private static Future<String> body(HttpClientResponse response) {
        return response.body().map(body -> body.toString(StandardCharsets.UTF_8));
    }

    private static String encoded(String name, String value) {
        return FormParameters.of(name, value).encoded();
    }

    /// As Twilio signs (twilio.com/docs/usage/security).
    private String sign(String url, Map<String, String> form) throws GeneralSecurityException {
        var data = new StringBuilder(url);
        new TreeMap<>(form).forEach((name, value) -> data.append(name).append(value));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder()
                .encodeToString(mac.doFinal(data.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        var _ = api.close();
        var _ = webhooks.close();
        var _ = sockets.close();
    }
}
