package io.sandalphone.ops;

import io.sandalphone.call.CallEvent;
import io.sandalphone.web.Answers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Tells clients what happens to calls, as Server-Sent Events (WHATWG HTML, section 9.2).
///
/// Runs on the server's loop. What a client has not read yet waits in its connection, up to
/// [#MOST_WAITING] bytes and one event; a client that falls behind further is cut off and counted,
/// and may come again.
final class EventFeed implements EventQueue.Receiver {
    /// How many unread bytes may wait for one client.
    static final int MOST_WAITING = 64 * 1024;

    /// How often a comment is sent, so that both ends notice a connection that is gone.
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final boolean liveCaptions;
    private final int maxWatchers;
    private final OpsMeters meters;
    private final Set<HttpServerResponse> watchers = new LinkedHashSet<>();
    private volatile boolean watched;
    private final long heartbeat;
    private final Vertx vertx;

    EventFeed(Vertx vertx, boolean liveCaptions, int maxWatchers, OpsMeters meters) {
        this.maxWatchers = maxWatchers;
        this.vertx = vertx;
        this.liveCaptions = liveCaptions;
        this.meters = meters;
        this.heartbeat = vertx.setPeriodic(HEARTBEAT.toMillis(), _ -> send(":\n\n"));
    }

    /// From now on this client gets every event; 503 when [#maxWatchers] do already.
    void add(RoutingContext request) {
        if (watchers.size() >= maxWatchers) {
            Answers.fail(request, 503, "as many clients watch as may: " + maxWatchers);
            return;
        }
        HttpServerResponse client = request.response();
        client.setChunked(true)
                .setWriteQueueMaxSize(MOST_WAITING)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .closeHandler(_ -> remove(client))
                .exceptionHandler(_ -> remove(client));
        watchers.add(client);
        watched = true;
        meters.watchers().incrementAndGet();
        // Says that from here on nothing is missed.
        client.write(": watching\n\n");
    }

    @Override
    public boolean isWatched() {
        return watched;
    }

    @Override
    public void publish(CallEvent event) {
        if (event instanceof CallEvent.Caption && !liveCaptions) {
            return;
        }
        meters.eventsSent().increment(watchers.size());
        send(
                "event: "
                        + Views.eventName(event)
                        + "\ndata: "
                        + Views.event(event).encode()
                        + "\n\n");
    }

    /// Nobody can know what they missed, so everybody is cut off and may come again.
    @Override
    public void missed() {
        List.copyOf(watchers).forEach(this::cutOff);
    }

    private void cutOff(HttpServerResponse client) {
        meters.watchersDropped().increment();
        remove(client);
        client.reset();
    }

    private void send(String text) {
        for (HttpServerResponse client : List.copyOf(watchers)) {
            if (client.writeQueueFull()) {
                cutOff(client);
            } else {
                client.write(text);
            }
        }
    }

    private void remove(HttpServerResponse client) {
        if (watchers.remove(client)) {
            watched = !watchers.isEmpty();
            meters.watchers().decrementAndGet();
        }
    }

    /// Says goodbye to everybody.
    void close() {
        vertx.cancelTimer(heartbeat);
        List.copyOf(watchers).forEach(HttpServerResponse::end);
    }
}
