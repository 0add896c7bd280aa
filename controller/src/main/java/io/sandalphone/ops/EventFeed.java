package io.sandalphone.ops;

import io.sandalphone.call.CallEvent;
import io.sandalphone.web.Answers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Tells clients what happens to calls, as Server-Sent Events (WHATWG HTML, section 9.2): first all there is, then what changes of
/// it, twice a second at most, and each event of a call at once.
///
/// Runs on the server's loop; what the [Dashboard] finds is put together beside it, once for all clients. What a client has not
/// read yet waits in its connection, up to [#MOST_WAITING] bytes beside what it was told first; a client that falls behind
/// further is cut off and counted, and may come again.
final class EventFeed implements EventQueue.Receiver {
    private static final Logger log = LoggerFactory.getLogger(EventFeed.class);

    /// How many unread bytes may wait for one client, beside what it was told first.
    static final int MOST_WAITING = 64 * 1024;

    /// How often a comment is sent, so that both ends notice a connection that is gone.
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /// How often the dashboard is looked at.
    private static final Duration LOOK = Duration.ofMillis(500);

    /// How long what is said is kept for the last client, who may have lost their network.
    private static final Duration LINGER = Duration.ofSeconds(30);

    private final Context context;
    private final Vertx vertx;
    private final Dashboard dashboard;
    private final boolean liveCaptions;
    private final int maxWatchers;
    private final OpsMeters meters;
    private final Set<HttpServerResponse> watchers = new LinkedHashSet<>();
    private final RecentCaptions captions = new RecentCaptions();
    private final long heartbeat;
    private final long look;
    private volatile boolean watched;
    private boolean closed;
    private int joining;
    private boolean looking;
    private long lingering = -1;

    /// Runs on `context`.
    EventFeed(
            Context context,
            Dashboard dashboard,
            boolean liveCaptions,
            int maxWatchers,
            OpsMeters meters) {
        this.context = context;
        this.dashboard = dashboard;
        this.liveCaptions = liveCaptions;
        this.maxWatchers = maxWatchers;
        this.meters = meters;
        vertx = context.owner();
        heartbeat = vertx.setPeriodic(HEARTBEAT.toMillis(), _ -> send(":\n\n"));
        look = vertx.setPeriodic(LOOK.toMillis(), _ -> look());
    }

    /// What changed, and then all of it.
    private record Looked(String changes, String whole) {}

    /// This client gets all there is, and from then on every event; 503 when [#maxWatchers] do already.
    void add(RoutingContext request) {
        if (watchers.size() + joining >= maxWatchers) {
            Answers.fail(request, 503, "as many clients watch as may: " + maxWatchers);
            return;
        }
        joining++;
        watched = true;
        vertx.cancelTimer(lingering);
        // What others do not know yet they are told first: what is new to the dashboard is told
        // once.
        context.executeBlocking(() -> new Looked(changes(), text("snapshot", dashboard.whole())))
                .onComplete(
                        looked -> {
                            joining--;
                            send(looked.changes());
                            join(request.response(), looked.whole());
                        },
                        failure -> {
                            joining--;
                            linger();
                            request.fail(failure);
                        });
    }

    private void join(HttpServerResponse client, String whole) {
        if (closed || client.closed() || client.ended()) {
            linger();
            return;
        }
        var said = new StringBuilder();
        captions.all().forEach(caption -> said.append(text(caption)));
        // The comment says that from here on nothing is missed.
        var first = Buffer.buffer(": watching\n\n" + whole + said);
        // Of many calls it takes a telephone's network seconds to bring, in which the next is told.
        client.setChunked(true)
                .setWriteQueueMaxSize(MOST_WAITING + first.length())
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .closeHandler(_ -> remove(client))
                .exceptionHandler(_ -> remove(client));
        watchers.add(client);
        meters.watchers().incrementAndGet();
        client.write(first);
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
        captions.on(event);
        meters.eventsSent().increment(watchers.size());
        send(text(event));
    }

    private void look() {
        if (watchers.isEmpty() || looking) {
            return;
        }
        looking = true;
        Future<String> changes = context.executeBlocking(this::changes);
        changes.onComplete(
                text -> {
                    looking = false;
                    send(text);
                },
                failure -> {
                    looking = false;
                    log.atError().setCause(failure).log("the dashboard could not be looked at");
                });
    }

    /// What has changed, as events. Runs beside the loop, one after the other.
    private String changes() {
        var text = new StringBuilder();
        for (Dashboard.Change change :
                dashboard.changes(System.nanoTime(), System.currentTimeMillis())) {
            text.append(text(change.event(), change.data()));
        }
        return text.toString();
    }

    private static String text(CallEvent event) {
        return text(Views.eventName(event), Views.event(event));
    }

    private static String text(String name, JsonObject data) {
        return "event: " + name + "\ndata: " + data.encode() + "\n\n";
    }

    /// Nobody can know what they missed, so everybody is cut off and may come again.
    @Override
    public void missed() {
        captions.clear();
        List.copyOf(watchers).forEach(this::cutOff);
    }

    private void cutOff(HttpServerResponse client) {
        meters.watchersDropped().increment();
        remove(client);
        client.reset();
    }

    private void send(String text) {
        if (text.isEmpty()) {
            return;
        }
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
            meters.watchers().decrementAndGet();
            linger();
        }
    }

    /// When the last one is gone, what is said is kept for a while, and then nothing is looked at any more.
    private void linger() {
        if (watchers.isEmpty() && joining == 0 && !closed) {
            vertx.cancelTimer(lingering);
            lingering = vertx.setTimer(LINGER.toMillis(), _ -> leave());
        }
    }

    private void leave() {
        if (watchers.isEmpty() && joining == 0) {
            watched = false;
            captions.clear();
        }
    }

    /// Says goodbye to everybody, and nothing more to anybody.
    void close() {
        closed = true;
        watched = false;
        vertx.cancelTimer(heartbeat);
        vertx.cancelTimer(look);
        vertx.cancelTimer(lingering);
        for (HttpServerResponse client : List.copyOf(watchers)) {
            remove(client);
            client.end();
        }
    }
}
