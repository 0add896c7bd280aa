package io.sandalphone.harness.controller;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.lab.Poll;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Reads the controller's Server-Sent Events until it is closed or the controller ends. Thread-safe.
public final class EventWatch implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch connected = new CountDownLatch(1);
    private final Consumer<Event> listener;
    private volatile @Nullable HttpURLConnection connection;
    private volatile boolean closed;

    /// One event: its name and its data.
    public record Event(String name, JsonNode data) {}

    EventWatch(Network network, URI uri, String token, Consumer<Event> listener) {
        this.listener = listener;
        network.threadFactory().newThread(() -> read(uri, token)).start();
        try {
            connected.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What came so far, in order.
    public List<Event> events() {
        return List.copyOf(events);
    }

    /// Waits for an event of this name that is as wanted.
    public JsonNode await(String name, Predicate<JsonNode> wanted, Duration patience) {
        Poll.until(
                patience,
                () -> find(name, wanted).isPresent(),
                () -> "an event " + name + " as wanted comes; there were " + events);
        return find(name, wanted).orElseThrow();
    }

    private Optional<JsonNode> find(String name, Predicate<JsonNode> wanted) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .map(Event::data)
                .filter(wanted)
                .findFirst();
    }

    private void read(URI uri, String token) {
        try {
            var http = (HttpURLConnection) uri.toURL().openConnection();
            connection = http;
            http.setRequestProperty("Authorization", "Bearer " + token);
            try (var reader =
                    new BufferedReader(
                            new InputStreamReader(http.getInputStream(), StandardCharsets.UTF_8))) {
                connected.countDown();
                String name = "";
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    if (line.startsWith("event: ")) {
                        name = line.substring("event: ".length());
                    } else if (line.startsWith("data: ")) {
                        String data = line.substring("data: ".length());
                        tell(new Event(name, JSON.readTree(data)));
                    }
                }
            }
        } catch (IOException e) {
            if (!closed) {
                // A controller that is killed ends its events like this.
                tell(new Event("cut", JSON.createObjectNode()));
            }
        } finally {
            connected.countDown();
        }
    }

    private void tell(Event event) {
        events.add(event);
        listener.accept(event);
    }

    @Override
    public void close() {
        closed = true;
        var open = connection;
        if (open != null) {
            // It waits for the reading thread, which the next heartbeat wakes.
            Thread.ofVirtual().name("event-watch-close").start(open::disconnect);
        }
    }
}
