package io.sandalphone.telephony.asterisk.ari;

import ch.loway.oss.ari4java.ARI;
import ch.loway.oss.ari4java.AriVersion;
import ch.loway.oss.ari4java.generated.actions.requests.EventsEventWebsocketGetRequest;
import ch.loway.oss.ari4java.generated.models.Application;
import ch.loway.oss.ari4java.generated.models.ApplicationReplaced;
import ch.loway.oss.ari4java.generated.models.Message;
import ch.loway.oss.ari4java.tools.ARIException;
import ch.loway.oss.ari4java.tools.AriCallback;
import ch.loway.oss.ari4java.tools.RestException;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.random.RandomGenerator;

/// One connection to one Asterisk: requests over pooled HTTP, events over one WebSocket, which is
/// connected again for ever until [#stop()] or until another controller takes over.
///
/// Requests are ari4java's typed actions:
/// ```java
/// connection.send(Channel.class, (ari, answer) -> ari.channels().get(id).execute(answer))
/// ```
/// They run side by side, so one that depends on another waits for its answer; and the events a
/// request causes may arrive before its answer.
///
/// Thread-safe; its own state and the listener live on the Vert.x context it was made on (or on one
/// of its own, when made elsewhere).
public final class AriConnection {
    private static final Logger LOG = LoggerFactory.getLogger(AriConnection.class);
    private static final AriVersion VERSION = AriVersion.ARI_10_0_0;

    private final Vertx vertx;
    private final Context context;
    private final AriSettings settings;
    private final AriListener listener;
    private final AriMeters meters;
    private final AriHttpClient http;
    private final AriWebSocketClient webSockets;
    private final ARI ari = new ARI();
    private final Backoff backoff;

    // Completes when the first attempt is over, whatever came of it.
    private final Promise<Void> tried = Promise.promise();

    private @Nullable Link link;

    /// Why the attempts fail since we were last up; every reason is logged once.
    private @Nullable String lastRefusal;

    private boolean stopped;
    private volatile boolean up;

    public AriConnection(
            Vertx vertx, AriSettings settings, AriListener listener, AriMeters meters) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.settings = settings;
        this.listener = listener;
        this.meters = meters;
        this.http = new AriHttpClient(vertx, settings, meters);
        this.webSockets = new AriWebSocketClient(vertx, settings, meters);
        this.backoff =
                new Backoff(
                        settings.timings().firstRetry(),
                        settings.timings().longestRetry(),
                        RandomGenerator.getDefault());
        ari.setVersion(VERSION);
        ari.setAppName(settings.application());
        ari.setHttpClient(http);
        ari.setWsClient(webSockets);
    }

    /// Connects, and keeps reconnecting. Called once.
    ///
    /// @return completes when the first attempt is over: events flow, or Asterisk is not there or does not answer, which is known
    ///     within two requests' time-outs. Never fails
    public Future<Void> start() {
        context.runOnContext(_ -> connect());
        return tried.future();
    }

    /// Hears nothing more from Asterisk, whose application is inactive then; requests can still be
    /// sent until [#stop()]. Completes when the connection is closed.
    public Future<Void> stopListening() {
        var done = Promise.<Void>promise();
        context.runOnContext(_ -> closeEvents().onComplete(done));
        return done.future();
    }

    /// Closes everything. The listener gets no more events; completes when the connections
    /// are closed. Requests sent from now on fail.
    public Future<Void> stop() {
        var done = Promise.<Void>promise();
        context.runOnContext(_ -> close().onComplete(done));
        return done.future();
    }

    /// The context on which the listener is called.
    public Context context() {
        return context;
    }

    /// Whether events are flowing.
    public boolean up() {
        return up;
    }

    /// Builds one of ari4java's typed actions and executes it with `answer` as its callback.
    @FunctionalInterface
    public interface Request<T extends @Nullable Object> {
        void execute(ARI actions, AriCallback<T> answer) throws RestException;
    }

    /// Sends a request that is answered with a `T`. Completes on the caller's Vert.x context when
    /// there is one; fails with [AriException].
    public <T> Future<T> send(Class<T> type, Request<T> request) {
        var model = model(type);
        return execute(request, body -> AriJson.read(body, model));
    }

    /// Sends a request that is answered with a list.
    public <T> Future<List<T>> sendForList(Class<T> element, Request<List<T>> request) {
        var model = model(element);
        return execute(request, body -> AriJson.<T>readList(body, model));
    }

    /// Sends a request whose success says everything.
    public Future<@Nullable Void> send(Request<@Nullable Void> request) {
        return execute(request, _ -> null);
    }

    private <T extends @Nullable Object> Future<T> execute(
            Request<T> request, Answer.Reader<T> reader) {
        var answer = new Answer<T>(reader);
        try {
            request.execute(ari, answer);
        } catch (RestException e) {
            answer.onFailure(e);
        }
        return answer.future();
    }

    private static <T> Class<? extends T> model(Class<T> type) {
        return VERSION.builder().getClassFactory().getImplementationFor(type).asSubclass(type);
    }

    private void connect() {
        if (!stopped) {
            var attempt = new Link();
            link = attempt;
            attempt.connect();
        }
    }

    private void reconnect() {
        meters.reconnects().increment();
        vertx.setTimer(backoff.delayMillis(), _ -> connect());
    }

    private void up(boolean flowing) {
        up = flowing;
        meters.up().set(flowing);
    }

    private Future<Void> close() {
        return Future.join(closeEvents(), http.shutdown()).mapEmpty();
    }

    private Future<Void> closeEvents() {
        stopped = true;
        up(false);
        if (link != null) {
            link.disconnect();
        }
        return webSockets.shutdown();
    }

    /// Calls the listener; its faults are ours to report, not the transport's.
    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            meters.listenerFaults().increment();
            LOG.error("ari listener failed", e);
        }
    }

    /// One attempt at an events connection, and what becomes of it. On the connection's context.
    private final class Link implements EventStream {
        private @Nullable EventsEventWebsocketGetRequest action;
        private boolean ready;

        void connect() {
            try {
                action = ari.events().eventWebsocket(settings.application());
                action.setSubscribeAll(false).execute(this);
            } catch (RestException e) {
                onFailure(e);
            }
        }

        @Override
        public void opened(WebSocket socket) {
            socket.pause();
            send(
                            Application.class,
                            (ari, answer) ->
                                    ari.applications().get(settings.application()).execute(answer))
                    .onComplete(_ -> begin(socket), _ -> disconnect());
        }

        private void begin(WebSocket socket) {
            if (link != this) {
                return;
            }
            ready = true;
            lastRefusal = null;
            backoff.reset();
            up(true);
            LOG.atInfo().addKeyValue("application", settings.application()).log("ari up");
            tell(listener::up);
            socket.resume();
            tried.tryComplete();
        }

        @Override
        public void onSuccess(Message event) {
            if (event instanceof ApplicationReplaced) {
                LOG.atError()
                        .addKeyValue("application", settings.application())
                        .log("ari replaced");
                var _ = closeEvents();
                tell(listener::replaced);
            } else {
                tell(() -> listener.event(event));
            }
        }

        /// Ends in [#closed]. Also makes ari4java forget the action.
        void disconnect() {
            try {
                ari.closeAction(action);
            } catch (ARIException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void closed(String why) {
            link = null;
            disconnect();
            tried.tryComplete();
            if (stopped) {
                return;
            }
            if (ready) {
                up(false);
                LOG.atWarn().addKeyValue("why", why).log("ari down");
                tell(() -> listener.down(why));
            } else if (!why.equals(lastRefusal)) {
                lastRefusal = why;
                LOG.atWarn()
                        .addKeyValue("uri", settings.uri())
                        .addKeyValue("why", why)
                        .log("ari not connected");
            }
            reconnect();
        }
    }
}
