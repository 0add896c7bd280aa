package io.sandalphone.providers.google;

import io.sandalphone.speech.SpeechException.Kind;

import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import okio.BufferedSource;
import okio.ByteString;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;

/// Requests to Google over connections that are kept. Each blocks its thread, ends by the moment it
/// is given whatever the other side does, and ends at once when its thread is interrupted.
///
/// Thread-safe.
final class GoogleHttp implements AutoCloseable {
    /// Shorter than Google keeps an idle connection, longer than people usually pause.
    private static final Duration KEPT = Duration.ofMinutes(3);

    private static final int KEPT_IDLE = 16;
    private static final long LARGEST_ANSWER = 4 << 20;

    // Nothing is sent twice here, so that whoever pays knows of every request; and nothing follows
    // a
    // redirection, which would carry the key elsewhere.
    private final OkHttpClient client =
            new OkHttpClient.Builder()
                    .connectionPool(
                            new ConnectionPool(KEPT_IDLE, KEPT.toSeconds(), TimeUnit.SECONDS))
                    .retryOnConnectionFailure(false)
                    .followRedirects(false)
                    .connectTimeout(Duration.ZERO)
                    .readTimeout(Duration.ZERO)
                    .writeTimeout(Duration.ZERO)
                    .build();

    /// An answer, whole.
    record Answer(int status, Headers headers, ByteString body) {
        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /// Sends `request` and reads the answer, whatever its status, by `ends` on the clock of
    /// [System#nanoTime].
    Answer exchange(Request request, long ends) throws IOException {
        Call call = client.newCall(request);
        // No time left is one nanosecond: nothing would be no limit.
        call.timeout().timeout(Math.max(1, ends - System.nanoTime()), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            BufferedSource body = response.body().source();
            if (body.request(LARGEST_ANSWER + 1)) {
                throw new IOException("an answer without end");
            }
            return new Answer(response.code(), response.headers(), body.readByteString());
        }
    }

    /// What a request that got no answer came to. To be asked on the thread that sent it.
    static ApiFailure failure(IOException cause) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return switch (cause) {
            case ConnectException _, NoRouteToHostException _, UnknownHostException _ ->
                    ApiFailure.unsent(Kind.UNREACHABLE, "Google cannot be reached");
            case SSLException _ ->
                    ApiFailure.unsent(Kind.UNREACHABLE, "no secure connection to Google");
            case InterruptedIOException _ ->
                    ApiFailure.of(Kind.TIMEOUT, "Google did not answer in time");
            default -> ApiFailure.of(Kind.UNREACHABLE, "the connection to Google broke");
        };
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
    }
}
