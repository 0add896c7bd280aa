package org.example.calls;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Any server of `POST /v1/audio/transcriptions`: speaches, whisper-server with `--inference-path`, OpenAI's own.
record Whisper(URI server, String model) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BOUNDARY = "----calls";

    String transcribe(byte[] pcm) throws IOException, InterruptedException {
        var form = new ByteArrayOutputStream();
        part(form, "name=\"model\"\r\n\r\n", model.getBytes(StandardCharsets.UTF_8));
        part(
                form,
                "name=\"file\"; filename=\"call.wav\"\r\nContent-Type: audio/wav\r\n\r\n",
                Wav.write(pcm));
        form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        byte[] answer =
                Http.post(
                        server.resolve("/v1/audio/transcriptions"),
                        "multipart/form-data; boundary=" + BOUNDARY,
                        form.toByteArray());
        return JSON.readTree(answer).path("text").asText().strip();
    }

    private static void part(ByteArrayOutputStream form, String head, byte[] content) {
        String before = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + head;
        form.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(content);
        form.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
