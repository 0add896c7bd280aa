package io.sandalphone.speech.http;

import io.sandalphone.http.SingleAttempt;
import io.sandalphone.speech.AheadConnection;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import okhttp3.Call;
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
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

/// Requests to one vendor over connections that are kept. Each blocks its thread, and ends at once when its thread is
/// interrupted, at the vendor too.
///
/// Nothing is sent twice here, so that whoever pays knows of every request; and nothing follows a redirection, which would carry
/// the key elsewhere. Thread-safe.
public final class VendorClient implements AutoCloseable {
    /// How long a connection is kept that nobody uses: shorter than servers keep an idle connection, longer than people usually pause.
    public static final Duration KEPT = Duration.ofMinutes(3);

    /// How long one is waited for that is opened ahead.
    private static final Duration REACHED = Duration.ofSeconds(5);

    private static final int KEPT_IDLE = 16;
    private static final long LARGEST_ANSWER = 4 << 20;
    private static final long LARGEST_REFUSAL = 65_536;

    private final String vendor;
    private final OkHttpClient client;

    /// An answer, whole.
    public record Answer(int status, Headers headers, ByteString body) {
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /// What an answer that is no success means.
    @FunctionalInterface
    public interface Refusing {
        SpeechException failure(HttpRefusal refusal);
    }

    /// Takes the answer while it comes.
    @FunctionalInterface
    public interface Reader {
        void read(Response response) throws IOException, SpeechException, InterruptedException;
    }

    /// Connects to nobody before there is something to ask.
    ///
    /// @param vendor what it is called in sentences: `Google`, `the server`
    /// @param connect how long it may take to connect; zero: no limit but that of the request
    /// @param silence how long nothing may come where something is to come; zero: the same
    public VendorClient(String vendor, Duration connect, Duration silence) {
        this.vendor = vendor;
        client =
                SingleAttempt.overKept(KEPT_IDLE, KEPT)
                        .connectTimeout(connect)
                        .readTimeout(silence)
                        .writeTimeout(silence)
                        .build();
    }

    /// Sends `request` and reads the answer, whatever its status, by `ends` on the clock of [System#nanoTime].
    public Answer exchange(Request request, long ends) throws IOException {
        Call call = client.newCall(request);
        // No time left is one nanosecond: nothing would be no limit.
        call.timeout().timeout(Math.max(1, ends - System.nanoTime()), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            ByteString body = whole(response.body().source());
            return new Answer(response.code(), response.headers(), body);
        }
    }

    private static ByteString whole(BufferedSource body) throws IOException {
        if (body.request(LARGEST_ANSWER + 1)) {
            throw new OverlongException("an answer");
        }
        return body.readByteString();
    }

    /// Sends `request` and gives the text that answers it, by `ends` on the clock of [System#nanoTime].
    public String text(Request request, long ends, Refusing refusing)
            throws SpeechException, InterruptedException {
        Answer answer;
        try {
            answer = exchange(request, ends);
        } catch (IOException broken) {
            throw failure(broken, vendor);
        }
        if (!answer.isSuccess()) {
            throw refusing.failure(HttpRefusal.of(answer.status(), answer.body().utf8()));
        }
        return answer.body().utf8();
    }

    /// Sends `request` and hands its answer to `reader` while it comes, for as long as something comes.
    public void stream(Request request, Refusing refusing, Reader reader)
            throws SpeechException, InterruptedException {
        try (Response response = client.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                String body = response.peekBody(LARGEST_REFUSAL).string();
                throw refusing.failure(HttpRefusal.of(response.code(), body));
            }
            reader.read(response);
        } catch (IOException broken) {
            throw failure(broken, vendor);
        }
    }

    /// Connections that are opened ahead by a request as `free` makes it, which costs nothing, whatever answers it.
    public AheadConnection ahead(Supplier<Request> free) {
        return new AheadConnection(KEPT, () -> reach(free.get()));
    }

    private void reach(Request request) throws InterruptedException {
        try {
            var _ = exchange(request, System.nanoTime() + REACHED.toNanos());
        } catch (IOException broken) {
            // The next request meets the same, and says so.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /// What a request to `vendor` that got no answer, or not all of it, came to. To be asked on the thread that sent it.
    public static SpeechException failure(IOException cause, String vendor)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return switch (cause) {
            case OverlongException flood ->
                    new SpeechException(
                            Kind.PROVIDER_FAULT, vendor + " sends " + flood.getMessage());
            case ConnectException _, NoRouteToHostException _, UnknownHostException _ ->
                    new SpeechException(Kind.UNREACHABLE, vendor + " cannot be reached", cause);
            case SSLException _ ->
                    new SpeechException(
                            Kind.UNREACHABLE, "no secure connection to " + vendor, cause);
            case InterruptedIOException _ ->
                    new SpeechException(Kind.TIMEOUT, vendor + " did not answer in time", cause);
            default ->
                    new SpeechException(
                            Kind.UNREACHABLE, "the connection to " + vendor + " broke", cause);
        };
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
