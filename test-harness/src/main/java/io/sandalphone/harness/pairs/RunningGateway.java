package io.sandalphone.harness.pairs;

import io.sandalphone.harness.client.ClientPhone;
import io.sandalphone.speech.Language;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

/// Calls numbers of a gateway that runs somewhere, as a browser does.
public final class RunningGateway {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int MADE = 201;

    private RunningGateway() {}

    /// Somebody who speaks `language` calls `number` at the gateway with this public address; nobody is waited for. Throws
    /// `IllegalStateException` where that cannot be begun.
    public static PairPhone call(
            Vertx vertx, URI gateway, String token, String number, Language language) {
        String callId = UUID.randomUUID().toString();
        var wanted =
                new JsonObject()
                        .put("callId", callId)
                        .put("language", language.tag())
                        .put("minutes", 30)
                        .put("to", number);
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(gateway.resolve("/tickets"))
                                    .timeout(PATIENCE)
                                    .header("Authorization", "Bearer " + token)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(wanted.encode()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != MADE) {
                throw new IllegalStateException(
                        "the gateway makes no ticket: HTTP %d %s"
                                .formatted(answer.statusCode(), answer.body()));
            }
            String ticket = new JsonObject(answer.body()).getString("ticket");
            return new ClientPhones.Side(ClientPhone.enter(vertx, gateway, callId, ticket));
        } catch (IOException e) {
            // Of a refused connection it has no words.
            String why = e.getMessage() == null ? "nobody answers there" : e.getMessage();
            throw new IllegalStateException("the gateway cannot be reached: " + why, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
