package io.sandalphone.harness.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Asks a gateway for links to its page, and which directions it interprets.
///
/// @param origin where its page is: `http://localhost:8088`
/// @param token the operator's
record BrowserLinks(HttpClient http, String origin, String token) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// One link for each of `languages`, all of one call.
    List<String> ofOneCall(List<String> languages, int minutes)
            throws IOException, InterruptedException {
        String callId = UUID.randomUUID().toString();
        List<String> links = new ArrayList<>();
        for (String language : languages) {
            String body =
                    JSON.createObjectNode()
                            .put("callId", callId)
                            .put("language", language)
                            .put("minutes", minutes)
                            .toString();
            JsonNode ticket =
                    json(
                            request("/tickets")
                                    .header("Authorization", "Bearer " + token)
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build());
            links.add(ticket.path("link").asText());
        }
        return links;
    }

    /// What is interpreted: `en` to `es`, as pairs.
    List<List<String>> directions() throws IOException, InterruptedException {
        List<List<String>> directions = new ArrayList<>();
        for (JsonNode direction :
                json(request("/phone/settings.json").build()).path("interprets")) {
            directions.add(List.of(direction.path("from").asText(), direction.path("to").asText()));
        }
        return directions;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(origin + path));
    }

    private JsonNode json(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    @Override
    public String toString() {
        return "BrowserLinks[" + origin + "]";
    }
}
