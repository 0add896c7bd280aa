package io.sandalphone.telephony.asterisk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.config.Finding;
import io.sandalphone.telephony.asterisk.ari.AriSettings;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Asks an Asterisk whether a controller with these settings could work with it: reachable, knows the
/// user, has the trunk. Changes nothing there.
public final class AsteriskCheck {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AriSettings ari;
    private final AsteriskSettings.Trunk trunk;

    public AsteriskCheck(AsteriskSettings settings) {
        ari = settings.ari();
        trunk = settings.trunk();
    }

    /// Blocks for a few request time-outs at most.
    public List<Finding> check() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        try (var http = HttpClient.newBuilder().connectTimeout(ari.timings().request()).build()) {
            HttpResponse<String> bridges = get(http, "/bridges");
            switch (bridges.statusCode()) {
                case 200 -> {
                    findings.add(Finding.ok(server(bridges) + " at " + ari.uri()));
                    findings.add(trunk(http));
                }
                case 401, 403 ->
                        findings.add(
                                Finding.fault(
                                        "asterisk.ari.user, asterisk.ari.password",
                                        "Asterisk does not know this user and password"));
                default ->
                        findings.add(
                                Finding.fault(
                                        "asterisk.ari.url",
                                        "what answers there is not Asterisk's REST interface:"
                                                + " status "
                                                + bridges.statusCode()));
            }
        } catch (IOException e) {
            findings.add(
                    Finding.fault(
                            "asterisk.ari.url",
                            "no answer from " + ari.uri() + ": " + e.getClass().getSimpleName()));
        }
        return findings;
    }

    /// What answers, as it calls itself: `Asterisk 22.10.1~dfsg`.
    private static String server(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Server")
                .filter(name -> name.startsWith("Asterisk/"))
                .map(name -> name.replace('/', ' '))
                .orElse("Asterisk");
    }

    /// Whether the endpoint that calls are dialled through is there, and answers.
    private Finding trunk(HttpClient http) throws IOException, InterruptedException {
        String technology = trunk.endpoint().replaceFirst("/.*", "");
        String name = trunk.endpoint().replaceFirst(".*[@/]", "");
        HttpResponse<String> endpoint =
                get(http, "/endpoints/" + encode(technology) + "/" + encode(name));
        if (endpoint.statusCode() == 404) {
            return Finding.fault(
                    "asterisk.trunk.endpoint",
                    "Asterisk has no endpoint " + technology + "/" + name);
        }
        JsonNode state = JSON.readTree(endpoint.body()).path("state");
        return "online".equals(state.asText())
                ? Finding.ok("trunk " + name + " is online")
                : Finding.warning(
                        "asterisk.trunk.endpoint",
                        "trunk " + name + " is " + state.asText("in no known state"));
    }

    private HttpResponse<String> get(HttpClient http, String path)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(
                                URI.create(ari.uri().toString().replaceAll("/+$", "") + path))
                        .timeout(ari.timings().request())
                        .header("Authorization", ari.authorization())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
