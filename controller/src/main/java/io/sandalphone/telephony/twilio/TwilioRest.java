package io.sandalphone.telephony.twilio;

import io.sandalphone.telephony.stream.FormParameters;

import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Twilio's REST interface. A request is sent once: nothing here repeats it, follows a redirection or
/// obeys a `Retry-After`, since a call that is created twice rings twice. A call is created over a
/// connection of its own, because one that was kept may have been closed by Twilio, and then nobody
/// knows whether the request arrived; what may be repeated goes over connections that are kept.
/// Thread-safe.
final class TwilioRest implements RestApi {
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration WHOLE = Duration.ofSeconds(10);
    private static final long LARGEST_ANSWER = 1 << 20;

    private final String root;
    private final String calls;
    private final String credentials;
    private final OkHttpClient kept;
    private final OkHttpClient fresh;
    private volatile boolean closed;

    TwilioRest(TwilioSettings settings) {
        root =
                settings.apiUrl().toString().replaceFirst("/+$", "")
                        + "/2010-04-01/Accounts/"
                        + settings.accountSid();
        calls = root + "/Calls";
        credentials =
                Credentials.basic(
                        settings.accountSid(),
                        settings.authToken().reveal(),
                        StandardCharsets.UTF_8);
        kept =
                new OkHttpClient.Builder()
                        .connectionPool(new ConnectionPool(8, 50, TimeUnit.SECONDS))
                        .retryOnConnectionFailure(false)
                        .followRedirects(false)
                        // OkHttp repeats what is answered with 503 and "Retry-After: 0" by itself.
                        .addNetworkInterceptor(
                                chain ->
                                        chain.proceed(chain.request())
                                                .newBuilder()
                                                .removeHeader("Retry-After")
                                                .build())
                        .connectTimeout(CONNECT)
                        .callTimeout(WHOLE)
                        .build();
        fresh =
                kept.newBuilder()
                        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                        .build();
    }

    @Override
    public RestAnswer createCall(FormParameters form) throws InterruptedException {
        return post(fresh, calls + ".json", form);
    }

    @Override
    public RestAnswer updateCall(String callSid, FormParameters form) throws InterruptedException {
        return post(kept, calls + "/" + callSid + ".json", form);
    }

    /// What is read there, whatever its status.
    record Page(int status, String body) {}

    /// Reads what stands below the account's address.
    Page read(String path) throws IOException, InterruptedException {
        var request =
                new Request.Builder().url(root + path).header("Authorization", credentials).build();
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

    private RestAnswer post(OkHttpClient client, String url, FormParameters form)
            throws InterruptedException {
        if (closed) {
            return new RestAnswer.Unsent("closed");
        }
        var request =
                new Request.Builder()
                        .url(url)
                        .header("Authorization", credentials)
                        .post(
                                RequestBody.create(
                                        form.encoded().getBytes(StandardCharsets.UTF_8), FORM))
                        .build();
        var sending = new Sending();
        Call call = client.newBuilder().eventListener(sending).build().newCall(request);
        try (Response response = call.execute()) {
            var body = response.body().source();
            if (body.request(LARGEST_ANSWER + 1)) {
                return new RestAnswer.Unknown("an answer without end");
            }
            return RestAnswer.read(response.code(), body.readUtf8());
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
