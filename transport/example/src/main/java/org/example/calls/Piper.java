package org.example.calls;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/// Piper's own HTTP server, with the voice that it was started with.
record Piper(URI server) {
    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] synthesize(String text) throws IOException, InterruptedException {
        byte[] asked = JSON.writeValueAsBytes(Map.of("text", text));
        return Wav.read(Http.post(server.resolve("/synthesize"), "application/json", asked));
    }
}
