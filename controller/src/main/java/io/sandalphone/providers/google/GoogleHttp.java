package io.sandalphone.providers.google;

import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.http.VendorClient;

import okhttp3.Request;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;

import javax.net.ssl.SSLException;

/// Requests to Google over connections that are kept. Each blocks its thread, ends by the moment it
/// is given whatever the other side does, and ends at once when its thread is interrupted.
///
/// Thread-safe.
final class GoogleHttp implements AutoCloseable {
    private static final String NAME = "Google";

    private final VendorClient client = new VendorClient(NAME, Duration.ZERO, Duration.ZERO);

    /// Sends `request` and reads the answer, whatever its status, by `ends` on the clock of
    /// [System#nanoTime].
    VendorClient.Answer exchange(Request request, long ends) throws IOException {
        return client.exchange(request, ends);
    }

    /// What a request that got no answer came to. To be asked on the thread that sent it.
    static ApiFailure failure(IOException cause) throws InterruptedException {
        SpeechException failure = VendorClient.failure(cause, NAME);
        String message = String.valueOf(failure.getMessage());
        return switch (cause) {
            case ConnectException _,
                    NoRouteToHostException _,
                    UnknownHostException _,
                    SSLException _ ->
                    ApiFailure.unsent(failure.kind(), message);
            default -> ApiFailure.of(failure.kind(), message);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
