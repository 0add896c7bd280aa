package io.sandalphone.harness.smoke;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/// A deployment's HTTP and WebSockets, as strangers have them: certificates have to be valid.
final class Site {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Duration closing;

    Site(HttpClient client) {
        this(client, PATIENCE);
    }

    /// @param closing how long it waits for a server that is to close a socket
    Site(HttpClient client, Duration closing) {
        this.client = client;
        this.closing = closing;
    }

    /// An answer to a request.
    record Answer(int status, String body) {}

    /// No answer, and why in words that say what to look at.
    static final class UnreachableException extends Exception {
        private static final long serialVersionUID = 1;

        UnreachableException(String message) {
            super(message);
        }
    }

    /// How an opened socket went on.
    ///
    /// @param status 101 when it was opened
    /// @param closed the status with which the server closed it, 0 when it did not
    record Socket(int status, int closed) {}

    Answer get(URI at, Map<String, String> headers) throws UnreachableException {
        return send(request(at, headers).GET());
    }

    Answer post(URI at, Map<String, String> headers, String body) throws UnreachableException {
        return send(request(at, headers).POST(BodyPublishers.ofString(body)));
    }

    private static HttpRequest.Builder request(URI at, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at).timeout(PATIENCE);
        headers.forEach(request::header);
        return request;
    }

    private Answer send(HttpRequest.Builder request) throws UnreachableException {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UnreachableException(reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Asks for a WebSocket.
    Socket open(URI at, Map<String, String> headers) throws UnreachableException {
        return open(at, headers, "");
    }

    /// Asks for a WebSocket, and when it is opened sends `text`, unless it is empty, and waits until the
    /// server closes it.
    Socket open(URI at, Map<String, String> headers, String text) throws UnreachableException {
        var closed = new CompletableFuture<Integer>();
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(PATIENCE);
        headers.forEach(builder::header);
        WebSocket socket;
        try {
            socket = builder.buildAsync(at, new Closing(closed)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return new Socket(refused.getResponse().statusCode(), 0);
            }
            throw new UnreachableException(reason(e));
        }
        try {
            if (text.isEmpty()) {
                return new Socket(101, 0);
            }
            socket.sendText(text, true).join();
            return new Socket(101, closed.get(closing.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new Socket(101, 0);
        } catch (CompletionException | ExecutionException e) {
            // It broke off without a closing handshake (RFC 6455, 7.1.5).
            return new Socket(101, 1006);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            socket.abort();
        }
    }

    private record Closing(CompletableFuture<Integer> closed) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return CompletableFuture.completedFuture(status);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.complete(1006);
        }
    }

    private static String reason(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof CertificateExpiredException) {
                return "the certificate has expired: renew it";
            }
        }
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof SSLException) {
                return "TLS failed, no carrier will connect: " + at.getMessage();
            }
            if (at instanceof UnresolvedAddressException) {
                return "there is no such host: look at its DNS entry";
            }
            if (at instanceof HttpConnectTimeoutException || at instanceof HttpTimeoutException) {
                return "no answer within %d s: look at the firewall"
                        .formatted(PATIENCE.toSeconds());
            }
        }
        return failure instanceof ConnectException
                ? "nobody listens there: look at public-http.listen, the proxy and the firewall"
                : "the connection failed: " + failure;
    }
}
