package io.sandalphone.providers.openai;

import io.sandalphone.config.Finding;
import io.sandalphone.config.Secret;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.AheadConnection;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.http.FailedCheck;
import io.sandalphone.speech.http.HttpRefusal;
import io.sandalphone.speech.http.UrlPath;
import io.sandalphone.speech.http.VendorClient;

import okhttp3.Request;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// A server that speaks OpenAI's protocol, whatever it is asked for: where it is, the key, whether it lets us in, and which models
/// it has. Thread-safe.
final class OpenAiServer implements AutoCloseable {
    private static final String NONE = "none";
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final String MODELS = "/models";
    private static final String OPENAI = "api.openai.com";

    private final String section;
    private final URI baseUrl;
    private final Optional<Secret> apiKey;
    private final VendorClient client;
    private final AheadConnection connection;
    private volatile @Nullable String unavailableReason;

    /// @param section the one its settings stand in, as findings begin the keys they name
    /// @param baseUrl where its paths begin: `https://api.openai.com/v1`
    /// @param apiKey empty for a server that asks for none
    /// @param silence how long nothing may come where something is to come
    OpenAiServer(String section, URI baseUrl, Optional<Secret> apiKey, Duration silence) {
        this.section = section;
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
        client =
                new VendorClient(
                        "the server", CONNECT.compareTo(silence) < 0 ? CONNECT : silence, silence);
        connection = client.ahead(() -> request(MODELS).build());
    }

    /// The key as settings write it.
    static Optional<Secret> key(Secret written) {
        return Optional.of(written).filter(key -> !key.reveal().equals(NONE));
    }

    /// Whether it is OpenAI's own, which refuses what others want.
    boolean isOpenAi() {
        return OPENAI.equals(baseUrl.getHost());
    }

    Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    /// It is about to be asked: see [io.sandalphone.speech.SpeechPort#prepare].
    void prepare() {
        connection.prepare();
    }

    /// A request for `path`, below the base.
    Request.Builder request(String path) {
        var request = new Request.Builder().url(UrlPath.below(baseUrl, path));
        apiKey.ifPresent(key -> request.header("Authorization", "Bearer " + key.reveal()));
        return request;
    }

    /// Sends `request` and gives the text that answers it, by `ends` on the clock of [System#nanoTime].
    String text(Request request, long ends) throws SpeechException, InterruptedException {
        String text = client.text(request, ends, this::refused);
        unavailableReason = null;
        return text;
    }

    /// Sends `request` and hands its answer to `reader` while it comes.
    void stream(Request request, VendorClient.Reader reader)
            throws SpeechException, InterruptedException {
        client.stream(
                request,
                this::refused,
                response -> {
                    unavailableReason = null;
                    reader.read(response);
                    connection.used();
                });
    }

    private SpeechException refused(HttpRefusal refusal) {
        SpeechException failure = refusal.failure();
        if (failure.kind() == Kind.CREDENTIALS || failure.kind() == Kind.QUOTA) {
            unavailableReason = failure.getMessage();
        }
        return failure;
    }

    /// Whether it has `model`, which stands under `key`; empty when it does not say which it has.
    Optional<Finding> check(String key, String model) throws InterruptedException {
        try {
            long ends = System.nanoTime() + LOOK.toNanos();
            String list = client.text(request(MODELS).build(), ends, HttpRefusal::failure);
            return Optional.of(
                    has(list, model)
                            ? Finding.ok("the server has the model " + model)
                            : Finding.fault(section + key, "the server has no model of this name"));
        } catch (SpeechException failure) {
            return failure.kind() == Kind.REQUEST
                    ? Optional.empty()
                    : Optional.of(finding(failure, "base-url"));
        } catch (UnreadableException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean has(String list, String model) throws UnreadableException {
        return JsonMessage.parse(list).list("data").stream()
                .flatMap(each -> each.text("id").stream())
                .anyMatch(model::equals);
    }

    /// What to say of a check that failed; `rejected` is the key to blame when the server does not know what was asked for.
    Finding finding(SpeechException failure, String rejected) {
        return FailedCheck.of(
                failure, section + "api-key", section + rejected, section + "base-url");
    }

    /// What to say of a server that does not tell its models.
    Finding unlisted() {
        return Finding.warning(section + "base-url", "the server does not say which models it has");
    }

    @Override
    public void close() {
        client.close();
    }
}
