package io.sandalphone.http;

import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// OkHttp that sends a request once: whoever asks decides what is asked again, since it may be billed, or done, twice. Nothing follows
/// a redirection either, which would carry a key elsewhere.
public final class SingleAttempt {
    private SingleAttempt() {}

    /// Over connections that are kept: at most `idle` wait for the next request, each as long as `kept`. What is sent over one that
    /// the server has closed meanwhile is lost.
    public static OkHttpClient.Builder overKept(int idle, Duration kept) {
        return new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(idle, kept.toMillis(), TimeUnit.MILLISECONDS))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                // OkHttp repeats what is answered with 503 and "Retry-After: 0" by itself.
                .addNetworkInterceptor(
                        chain ->
                                chain.proceed(chain.request())
                                        .newBuilder()
                                        .removeHeader("Retry-After")
                                        .build());
    }

    /// As `client`, each request over a connection of its own: for what does something at its server, of which could not be told
    /// whether it arrived over one that was kept.
    public static OkHttpClient overFresh(OkHttpClient client) {
        return client.newBuilder()
                .retryOnConnectionFailure(false)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build();
    }
}
