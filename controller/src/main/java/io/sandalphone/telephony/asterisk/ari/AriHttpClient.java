package io.sandalphone.telephony.asterisk.ari;

import ch.loway.oss.ari4java.tools.HttpClient;
import ch.loway.oss.ari4java.tools.HttpParam;
import ch.loway.oss.ari4java.tools.HttpResponse;
import ch.loway.oss.ari4java.tools.HttpResponseHandler;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.micrometer.core.instrument.Timer;
import io.netty.channel.EventLoop;
import io.sandalphone.telephony.asterisk.ari.AriMeters.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.internal.ContextInternal;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// ari4java's HTTP transport over Vert.x: pooled keep-alive connections, no pipelining, and nothing
/// that blocks. Answers come on the sender's Vert.x context.
///
/// Each event loop that asks has connections of its own. One of another loop would wake that loop for the request, and
/// this one for the answer.
///
/// Thread-safe.
final class AriHttpClient implements HttpClient {
    /// Asterisk closes a connection 15 s after its last answer (`session_keep_alive` in http.conf);
    /// one that is about to be closed must not be given another request.
    private static final int KEEP_ALIVE_SECONDS = 10;

    /// Each loop may have so many, however few there are for all of them.
    private static final int LEAST_CONNECTIONS = 2;

    private final Vertx vertx;
    private final AriAddress address;
    private final long timeoutMillis;
    private final int connectionsOfLoop;
    private final AriMeters meters;
    private final Map<EventLoop, io.vertx.core.http.HttpClient> clients = new ConcurrentHashMap<>();
    private volatile boolean closed;

    AriHttpClient(Vertx vertx, AriSettings settings, AriMeters meters) {
        this.vertx = vertx;
        this.address = new AriAddress(settings);
        this.timeoutMillis = settings.timings().request().toMillis();
        this.meters = meters;
        // Calls are on one loop for each processor, and events come on another.
        int loops = Runtime.getRuntime().availableProcessors() + 1;
        this.connectionsOfLoop = Math.max(LEAST_CONNECTIONS, settings.connections() / loops);
    }

    private io.vertx.core.http.HttpClient client() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        EventLoop loop = ((ContextInternal) vertx.getOrCreateContext()).nettyEventLoop();
        return clients.computeIfAbsent(loop, _ -> open());
    }

    private io.vertx.core.http.HttpClient open() {
        return vertx.httpClientBuilder()
                .with(
                        new HttpClientOptions()
                                .setConnectTimeout((int) timeoutMillis)
                                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS))
                .with(new PoolOptions().setHttp1MaxSize(connectionsOfLoop))
                .build();
    }

    @Override
    public void httpActionAsync(
            String path,
            String method,
            List<HttpParam> parameters,
            @Nullable String body,
            List<HttpResponse> errors,
            HttpResponseHandler handler,
            boolean binary) {
        var exchange = new Exchange<>(method + " " + path, Answer.of(handler));
        var options =
                address.request(path, parameters)
                        .setMethod(HttpMethod.valueOf(method))
                        .setConnectTimeout(timeoutMillis);
        try {
            client().request(options)
                    .compose(request -> send(request, body))
                    .onComplete(exchange::answered, exchange::broken);
        } catch (IllegalStateException closed) {
            exchange.broken(closed);
        }
    }

    private Future<Reply> send(HttpClientRequest request, @Nullable String body) {
        var sent =
                body == null
                        ? request.send()
                        : request.putHeader("Content-Type", "application/json").send(body);
        return sent.compose(AriHttpClient::whole)
                .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .onFailure(_ -> request.reset());
    }

    private static Future<Reply> whole(HttpClientResponse response) {
        return response.body().map(body -> new Reply(response.statusCode(), body));
    }

    private record Reply(int status, Buffer body) {}

    /// One request on its way: ends as a completed [Answer] and one measurement.
    private final class Exchange<T extends @Nullable Object> {
        private final String request;
        private final Answer<T> answer;
        private final Timer.Sample sample = Timer.start();

        Exchange(String request, Answer<T> answer) {
            this.request = request;
            this.answer = answer;
        }

        void answered(Reply reply) {
            var body = reply.body().toString(StandardCharsets.UTF_8);
            if (reply.status() / 100 == 2) {
                read(reply.status(), body);
            } else {
                var outcome =
                        reply.status() == 404
                                ? Outcome.NOT_FOUND
                                : reply.status() / 100 == 4 ? Outcome.REFUSED : Outcome.FAILED;
                end(outcome);
                fail(reply.status(), reply.status() + " " + AriJson.errorText(body), null);
            }
        }

        private void read(int status, String body) {
            T value;
            try {
                value = answer.read(body);
            } catch (JsonProcessingException e) {
                end(Outcome.UNREADABLE);
                fail(status, status + " with an unreadable answer", e);
                return;
            }
            end(Outcome.OK);
            answer.onSuccess(value);
        }

        void broken(Throwable cause) {
            var late = cause instanceof TimeoutException;
            end(late ? Outcome.TIMEOUT : Outcome.UNREACHABLE);
            fail(
                    AriException.NO_ANSWER,
                    late ? "no answer within " + timeoutMillis + " ms" : "no answer",
                    cause);
        }

        private void end(Outcome outcome) {
            sample.stop(meters.request(outcome));
        }

        private void fail(int status, String what, @Nullable Throwable cause) {
            answer.failed(new AriException(status, request + ": " + what, cause));
        }
    }

    /// Lets requests on their way finish, for at most the request timeout, then closes.
    Future<Void> shutdown() {
        closed = true;
        return Future.join(
                        clients.values().stream()
                                .map(
                                        client ->
                                                client.shutdown(
                                                        timeoutMillis, TimeUnit.MILLISECONDS))
                                .toList())
                .mapEmpty();
    }

    @Override
    public String httpActionSync(
            String path,
            String method,
            List<HttpParam> parameters,
            @Nullable String body,
            List<HttpResponse> errors) {
        throw new UnsupportedOperationException("ARI actions are sent with AriConnection.send");
    }

    @Override
    public byte[] httpActionSyncAsBytes(
            String path,
            String method,
            List<HttpParam> parameters,
            @Nullable String body,
            List<HttpResponse> errors) {
        throw new UnsupportedOperationException("ARI actions are sent with AriConnection.send");
    }

    @Override
    public void destroy() {
        throw new UnsupportedOperationException("closed with AriConnection.stop");
    }
}
