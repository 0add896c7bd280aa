package io.sandalphone.telephony.asterisk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.telephony.CallIds;
import io.sandalphone.telephony.asterisk.ari.AriSettings;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asterisk's HTTP server as one who looks on sees it: plain requests, each waited for, and nothing of
/// a call touched. Beside a controller at work it is another application to Asterisk.
final class AsteriskRest implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AriSettings ari;
    private final HttpClient http;
    private final String root;

    AsteriskRest(AriSettings ari) {
        this.ari = ari;
        http = HttpClient.newBuilder().connectTimeout(ari.timings().request()).build();
        root = ari.uri().toString().replaceAll("/+$", "");
    }

    /// The answer to a request below ARI's address.
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", root + path);
    }

    /// Whether that is what such a request is answered with.
    static boolean isList(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body()).isArray();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /// The page of `res_prometheus`, which is read with the same user and password.
    HttpResponse<String> metrics() throws IOException, InterruptedException {
        return send("GET", root.replaceAll("/[^/]*$", "/metrics"));
    }

    /// Global variables of the dialplan; nothing for one that is not set. Asterisk shows them as a
    /// channel sees them, so one is made for that moment, which rings nobody.
    ///
    /// @throws IOException also when Asterisk makes no such channel
    Map<String, String> globals(List<String> names) throws IOException, InterruptedException {
        String application = ari.application() + "-doctor";
        String channel = root + "/channels/sp-" + CallIds.next() + "-probe";
        WebSocket events = events(application);
        try {
            HttpResponse<String> made =
                    send(
                            "POST",
                            root
                                    + "/channels/create?endpoint=Local%2Fs%40sp-probe&app="
                                    + encode(application)
                                    + "&channelId="
                                    + channel.replaceFirst(".*/", ""));
            if (made.statusCode() != 200) {
                throw new IOException("channels/create answered " + made.statusCode());
            }
            Map<String, String> values = new HashMap<>();
            for (String name : names) {
                HttpResponse<String> value =
                        send("GET", channel + "/variable?variable=" + encode(name));
                if (value.statusCode() == 200) {
                    values.put(name, JSON.readTree(value.body()).path("value").asText());
                }
            }
            return values;
        } finally {
            try {
                HttpResponse<String> _ = send("DELETE", channel);
            } finally {
                events.abort();
            }
        }
    }

    /// A channel needs an application that is listened to.
    private WebSocket events(String application) throws IOException, InterruptedException {
        try {
            return http.newWebSocketBuilder()
                    .header("Authorization", ari.authorization())
                    .connectTimeout(ari.timings().request())
                    .buildAsync(
                            URI.create(
                                    root.replaceFirst("^http", "ws")
                                            + "/events?app="
                                            + encode(application)),
                            new WebSocket.Listener() {})
                    .get(ari.timings().request().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no events of Asterisk's", e);
        }
    }

    private HttpResponse<String> send(String method, String address)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(ari.timings().request())
                        .header("Authorization", ari.authorization())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
