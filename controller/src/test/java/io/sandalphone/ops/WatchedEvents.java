package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// What a client of `/events` is told, one after the other. It is known to watch once this is made.
final class WatchedEvents implements AutoCloseable {
    /// One event; comments are left out.
    record Told(String name, String data) {
        JsonObject json() {
            return new JsonObject(data);
        }
    }

    private final BufferedReader lines;

    WatchedEvents(RunningServer running) throws Exception {
        HttpResponse<InputStream> response =
                running.client.send(
                        HttpRequest.newBuilder(running.uri("/events"))
                                .header("Authorization", "Bearer " + RunningServer.TOKEN)
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, response.statusCode());
        assertEquals("text/event-stream", response.headers().firstValue("Content-Type").orElse(""));
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
        assertEquals(": watching", lines.readLine());
        assertEquals("", lines.readLine());
    }

    /// The next event; nothing when the server has said goodbye.
    @Nullable Told nextOrNone() throws IOException {
        String name = "";
        String data = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                data = line.substring("data: ".length());
            } else if (line.isEmpty() && !name.isEmpty()) {
                return new Told(name, data);
            }
        }
        return null;
    }

    Told next() throws IOException {
        return next(_ -> true);
    }

    /// The next one that is wanted, after all that are not.
    Told next(Predicate<Told> wanted) throws IOException {
        for (Told told = nextOrNone(); told != null; told = nextOrNone()) {
            if (wanted.test(told)) {
                return told;
            }
        }
        throw new AssertionError("the server has said goodbye");
    }

    /// The next one of this name.
    Told next(String name) throws IOException {
        return next(told -> told.name().equals(name));
    }

    /// The next one that tells what happened to a call, and not how all of it stands.
    Told happening() throws IOException {
        return next(
                told ->
                        switch (told.name()) {
                            case "snapshot", "session", "levels", "gone", "gateway" -> false;
                            default -> true;
                        });
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
