package io.sandalphone.telephony.markup;

import io.sandalphone.http.SingleAttempt;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.telephony.stream.FormParameters;

import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// A carrier's REST interface. A request is sent once: nothing here repeats it, follows a redirection or
/// obeys a `Retry-After`, since a call that is created twice rings twice. A call is created over a
/// connection of its own, because one that was kept may have been closed by the carrier, and then nobody
/// knows whether the request arrived; what may be repeated goes over connections that are kept.
/// Thread-safe.
public final class RestClient implements AutoCloseable {
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final long LARGEST_ANSWER = 1 << 20;

    private final String authorization;
    private final Vocabulary vocabulary;
    private final OkHttpClient kept;
    private final OkHttpClient fresh;
    private volatile boolean closed;

    /// What a carrier's answers mean.
    public interface Vocabulary {
        /// The call that an answer is about, where it says so.
        Optional<String> callId(JsonMessage answer);

        /// What an answer of a `status` from 300 to 499 says; `answer` is without fields where it is no JSON.
        RestAnswer.Refused refused(int status, JsonMessage answer);
    }

    /// `authorization` is the header of that name on each request.
    public RestClient(String authorization, Vocabulary vocabulary) {
        this.authorization = authorization;
        this.vocabulary = vocabulary;
        kept =
                SingleAttempt.overKept(8, Duration.ofSeconds(50))
                        .connectTimeout(CONNECT)
                        .callTimeout(WHOLE)
                        .build();
        fresh = SingleAttempt.overFresh(kept);
    }

    /// The body that holds a form.
    public static RequestBody form(FormParameters form) {
        return RequestBody.create(form.encoded().getBytes(StandardCharsets.UTF_8), FORM);
    }

    /// The body that holds JSON.
    public static RequestBody json(String json) {
        return RequestBody.create(json.getBytes(StandardCharsets.UTF_8), JSON);
    }

    /// Asks for what must not be done twice.
    public RestAnswer create(String url, RequestBody body) throws InterruptedException {
        return post(fresh, url, body);
    }

    /// Asks for what may be asked for again.
    public RestAnswer update(String url, RequestBody body) throws InterruptedException {
        return post(kept, url, body);
    }

    /// What is read there, whatever its status.
    public record Page(int status, String body) {
        /// The JSON in it, whose fields may be missing.
        public JsonMessage json() throws UnreadableException {
            return JsonMessage.parse(body).optional();
        }
    }

    /// Reads what stands at `url`.
    public Page read(String url) throws IOException, InterruptedException {
        var request = new Request.Builder().url(url).header("Authorization", authorization).build();
        try (Response response = kept.newCall(request).execute()) {
            var body = response.body().source();
            if (body.request(LARGEST_ANSWER + 1)) {
                throw new IOException("an answer without end");
            }
            return new Page(response.code(), body.readUtf8());
        } catch (IOException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw failure;
        }
    }

    /// How it stands with the call that is described at `url`, which is one of `account`'s.
    public Standing standing(String url, String account) throws InterruptedException {
        if (closed) {
            return new Standing.Unsaid("closed");
        }
        try {
            return standing(read(url), account);
        } catch (IOException _) {
            return new Standing.Unsaid(Standing.UNREACHABLE);
        }
    }

    /// What an answer says, in which no other account than `account` may be named as the call's.
    private static Standing standing(Page page, String account) {
        int status = page.status();
        if (status >= 500) {
            return new Standing.Unsaid(Standing.UNREACHABLE);
        }
        return switch (status) {
            case 200 -> described(page, account);
            case 401 -> new Standing.Unsaid("credentials");
            case 404 -> new Standing.Over();
            case 429 -> new Standing.Unsaid(Standing.RATE_LIMITED);
            default -> new Standing.Unsaid("refused");
        };
    }

    private static Standing described(Page page, String account) {
        JsonMessage call;
        try {
            call = page.json();
        } catch (UnreadableException _) {
            return new Standing.Unsaid("refused");
        }
        if (!call.text("account_sid").orElse(account).equals(account)) {
            return new Standing.Unsaid("refused");
        }
        return call.text("status")
                .flatMap(CallStatus::of)
                .<Standing>map(
                        status ->
                                status == CallStatus.IN_PROGRESS
                                        ? new Standing.Connected()
                                        : status.isTerminal()
                                                ? new Standing.Over()
                                                : new Standing.Unsaid("state"))
                .orElseGet(() -> new Standing.Unsaid("state"));
    }

    private RestAnswer post(OkHttpClient client, String url, RequestBody content)
            throws InterruptedException {
        if (closed) {
            return new RestAnswer.Unsent("closed");
        }
        var request =
                new Request.Builder()
                        .url(url)
                        .header("Authorization", authorization)
                        .post(content)
                        .build();
        var sending = new Sending();
        Call call = client.newBuilder().eventListener(sending).build().newCall(request);
        try (Response response = call.execute()) {
            var body = response.body().source();
            if (body.request(LARGEST_ANSWER + 1)) {
                return new RestAnswer.Unknown("an answer without end");
            }
            return meaning(response.code(), body.readUtf8());
        } catch (IOException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            String why =
                    failure instanceof InterruptedIOException
                            ? "time-out"
                            : failure.getClass().getSimpleName();
            return sending.begun() ? new RestAnswer.Unknown(why) : new RestAnswer.Unsent(why);
        }
    }

    private RestAnswer meaning(int status, String body) {
        // Behind a 5xx the request may have been carried out all the same.
        if (status >= 500) {
            return new RestAnswer.Unknown("status " + status);
        }
        JsonMessage answer = readOrEmpty(body).optional();
        return status >= 200 && status < 300
                ? new RestAnswer.Done(vocabulary.callId(answer))
                : vocabulary.refused(status, answer);
    }

    private static JsonMessage readOrEmpty(String body) {
        try {
            return JsonMessage.parse(body);
        } catch (UnreadableException _) {
            return JsonMessage.empty();
        }
    }

    /// Whether anything of a request can have left this machine.
    private static final class Sending extends EventListener {
        private final AtomicBoolean connected = new AtomicBoolean();

        @Override
        public void connectionAcquired(Call call, Connection connection) {
            connected.set(true);
        }

        boolean begun() {
            return connected.get();
        }
    }

    @Override
    public void close() {
        closed = true;
        // Both share one dispatcher.
        kept.dispatcher().cancelAll();
        kept.connectionPool().evictAll();
        fresh.connectionPool().evictAll();
    }
}
