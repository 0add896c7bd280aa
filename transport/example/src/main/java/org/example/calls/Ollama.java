package org.example.calls;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// A model of Ollama's.
record Ollama(URI server, String model) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A part of the conversation: `system`, `user` or `assistant` says something.
    record Message(String role, String content) {}

    String chat(List<Message> conversation) throws IOException, InterruptedException {
        byte[] asked =
                JSON.writeValueAsBytes(
                        Map.of(
                                "model",
                                model,
                                "stream",
                                false,
                                "think",
                                false,
                                "messages",
                                conversation));
        byte[] answer = Http.post(server.resolve("/api/chat"), "application/json", asked);
        return JSON.readTree(answer).path("message").path("content").asText();
    }
}
