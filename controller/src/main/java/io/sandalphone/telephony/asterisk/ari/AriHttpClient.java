package io.sandalphone.telephony.asterisk.ari;

import ch.loway.oss.ari4java.tools.HttpClient;
import ch.loway.oss.ari4java.tools.HttpParam;
import ch.loway.oss.ari4java.tools.HttpResponse;
import ch.loway.oss.ari4java.tools.HttpResponseHandler;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.micrometer.core.instrument.Timer;
import io.sandalphone.telephony.asterisk.ari.AriMeters.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// ari4java's HTTP transport over Vert.x: pooled keep-alive connections, no pipelining, and nothing
/// that blocks. Answers come on the sender's Vert.x context.
///
/// Thread-safe.
final class AriHttpClient implements HttpClient {
    /// Asterisk closes a connection 15 s after its last answer (`session_keep_alive` in http.conf);
    /// one that is about to be closed must not be given another request.
    private static final int KEEP_ALIVE_SECONDS = 10;

    private final AriAddress address;
    private final long timeoutMillis;
    private final io.vertx.core.http.HttpClient client;
    private final AriMeters meters;

    AriHttpClient(Vertx vertx, AriSettings settings, AriMeters meters) {
        this.address = new AriAddress(settings);
        this.timeoutMillis = settings.timings().request().toMillis();
        this.meters = meters;
        this.client =
                vertx.httpClientBuilder()
                        .with(
                                new HttpClientOptions()
                                        .setConnectTimeout((int) timeoutMillis)
                                        .setKeepAliveTimeout(KEEP_ALIVE_SECONDS))
                        .with(new PoolOptions().setHttp1MaxSize(settings.connections()))
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
            client.request(options)
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
        return client.shutdown(timeoutMillis, TimeUnit.MILLISECONDS);
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
