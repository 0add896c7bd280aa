package io.sandalphone.webhook;

import io.sandalphone.http.SingleAttempt;

import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import okio.Buffer;
import okio.BufferedSource;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Asks servers of the operator's own. A request is sent once, follows no redirection, and reads no more of an answer than it may
/// hold. Thread-safe.
public final class WebhookClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);

    // What is sent over a connection that was kept may arrive at nobody, who then cannot be told
    // from somebody who has done it: only what asks and does nothing may use one.
    private final OkHttpClient kept;
    private final OkHttpClient fresh;

    public WebhookClient() {
        this(Dns.SYSTEM);
    }

    /// One that finds the addresses of hosts by `names`.
    public WebhookClient(Dns names) {
        kept =
                SingleAttempt.overKept(8, Duration.ofSeconds(50))
                        .retryOnConnectionFailure(true)
                        .connectTimeout(CONNECT)
                        .dns(names)
                        .build();
        fresh = SingleAttempt.overFresh(kept);
    }

    /// What came of a request.
    public sealed interface Answer {
        /// A status, and the text that came with it; empty where it was no text.
        record Text(int status, String text) implements Answer {}

        /// Its body is longer than it may be.
        record TooLong(int status) implements Answer {}

        /// Its body is no text.
        record Unreadable(int status) implements Answer {}

        record Late() implements Answer {}

        /// Nobody answered, or not to the end. `why` repeats nothing of what was said.
        record Broken(String why) implements Answer {}
    }

    /// Sends `request`, which is over within `timeout`. `harmless` when it does nothing at its server.
    public Answer ask(Request request, boolean harmless, Duration timeout, int mostBytes)
            throws InterruptedException {
        var call = (harmless ? kept : fresh).newCall(request);
        call.timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            BufferedSource body = response.body().source();
            if (body.request(mostBytes + 1L)) {
                // Nothing more of it is taken, not even to keep the connection.
                call.cancel();
                return new Answer.TooLong(response.code());
            }
            return text(response.code(), body.getBuffer());
        } catch (IOException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return failure instanceof InterruptedIOException
                    ? new Answer.Late()
                    : new Answer.Broken(failure.getClass().getSimpleName());
        }
    }

    private static Answer text(int status, Buffer body) {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body.readByteArray()))
                            .toString();
            return text.chars().anyMatch(WebhookClient::isNoText)
                    ? new Answer.Unreadable(status)
                    : new Answer.Text(status, text.strip());
        } catch (CharacterCodingException _) {
            return new Answer.Unreadable(status);
        }
    }

    private static boolean isNoText(int character) {
        return character < ' ' && character != '\n' && character != '\r' && character != '\t';
    }

    @Override
    public void close() {
        // Both share one dispatcher.
        kept.dispatcher().cancelAll();
        kept.connectionPool().evictAll();
        fresh.connectionPool().evictAll();
        kept.dispatcher().executorService().shutdown();
    }
}
