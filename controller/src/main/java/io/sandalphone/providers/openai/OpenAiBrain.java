package io.sandalphone.providers.openai;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Instructions;
import io.sandalphone.brain.Turn;
import io.sandalphone.config.Finding;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Answers with a language model behind `POST /chat/completions`, streamed by server-sent events. The server is asked once for
/// each answer, and stops to work on it when the connection is closed, as it is when the thread is interrupted.
final class OpenAiBrain implements Brain {
    private static final JsonMapper JSON = new JsonMapper();
    private static final MediaType TYPE = MediaType.get("application/json");
    private static final Duration CONNECT = Duration.ofSeconds(2);

    // Whoever asks gives up sooner; this ends what nobody waits for any more.
    private static final Duration SILENT = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int KEPT_IDLE = 16;
    private static final long LARGEST_REFUSAL = 65_536;
    private static final long LARGEST_LIST = 4 << 20;

    private final OpenAiSettings settings;
    private final OpenAiMeters meters;
    private final OkHttpClient client;
    private volatile @Nullable String unavailableReason;

    OpenAiBrain(OpenAiSettings settings, OpenAiMeters meters) {
        this.settings = settings;
        this.meters = meters;
        // Nothing follows a redirection, which would carry the key elsewhere.
        client =
                new OkHttpClient.Builder()
                        .connectionPool(new ConnectionPool(KEPT_IDLE, 3, TimeUnit.MINUTES))
                        .followRedirects(false)
                        .connectTimeout(CONNECT)
                        .readTimeout(SILENT)
                        .writeTimeout(SILENT)
                        .build();
    }

    @Override
    public String name() {
        return OpenAiProvider.NAME;
    }

    /// Models do not say in which languages they converse.
    @Override
    public boolean converses(Language language) {
        return true;
    }

    @Override
    public Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    @Override
    public void answer(BrainRequest request, BrainReply out)
            throws SpeechException, InterruptedException {
        Request post =
                request(settings.at("/chat/completions"))
                        .header("Accept", "text/event-stream")
                        .post(RequestBody.create(body(request), TYPE))
                        .build();
        var answer = new StreamedAnswer(request.abilities(), out, meters);
        try (Response response = client.newCall(post).execute()) {
            if (!response.isSuccessful()) {
                throw refused(
                        Refusals.of(response.code(), response.peekBody(LARGEST_REFUSAL).string()));
            }
            unavailableReason = null;
            var events = new EventStream(response.body().source());
            for (String data = events.next();
                    data != null && !answer.done();
                    data = answer.done() ? null : events.next()) {
                answer.event(data);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } catch (IOException broken) {
            throw failure(broken);
        }
        answer.end();
    }

    private Request.Builder request(String url) {
        Request.Builder request = new Request.Builder().url(url);
        settings.apiKey()
                .ifPresent(key -> request.header("Authorization", "Bearer " + key.reveal()));
        return request;
    }

    private SpeechException refused(SpeechException refusal) {
        if (refusal.kind() == Kind.CREDENTIALS || refusal.kind() == Kind.QUOTA) {
            unavailableReason = refusal.getMessage();
        }
        return refusal;
    }

    private byte[] body(BrainRequest request) throws SpeechException {
        ObjectNode body = JSON.createObjectNode();
        body.put("model", request.model().orElse(settings.model()));
        body.put("stream", true);
        ObjectNode options = body.putObject("stream_options").put("include_usage", true);
        if (settings.isOpenAi()) {
            options.put("include_obfuscation", false);
        } else {
            // Others know the older name alone.
            body.put("max_tokens", settings.maxTokens());
        }
        body.put("max_completion_tokens", settings.maxTokens());
        settings.reasoningEffort().ifPresent(effort -> body.put("reasoning_effort", effort));
        ArrayNode messages = body.putArray("messages");
        message(messages, "system", Instructions.of(request));
        request.conversation()
                .forEach(
                        turn ->
                                message(
                                        messages,
                                        turn.speaker() == Turn.Speaker.CALLER
                                                ? "user"
                                                : "assistant",
                                        turn.text()));
        if (!request.abilities().isEmpty()) {
            Tools.offer(request.abilities(), body.putArray("tools"));
        }
        try {
            return JSON.writeValueAsBytes(body);
        } catch (IOException impossible) {
            throw new SpeechException(Kind.REQUEST, "cannot be written as JSON", impossible);
        }
    }

    private static void message(ArrayNode messages, String role, String text) {
        messages.addObject().put("role", role).put("content", text);
    }

    private static SpeechException failure(IOException cause) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return cause instanceof InterruptedIOException
                ? new SpeechException(Kind.TIMEOUT, "did not answer in time", cause)
                : new SpeechException(Kind.UNREACHABLE, "the connection failed", cause);
    }

    /// Asks which models there are.
    @Override
    public List<Finding> check() throws InterruptedException {
        Request get = request(settings.at("/models")).build();
        var call = client.newCall(get);
        call.timeout().timeout(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        try (Response response = call.execute()) {
            String body = response.peekBody(LARGEST_LIST).string();
            return List.of(
                    switch (response.code()) {
                        case 200 -> listed(body);
                        case 401, 403 ->
                                Finding.fault(
                                        "brains.openai.api-key", "the server refuses the key");
                        default ->
                                Finding.warning(
                                        "brains.openai.base-url",
                                        "the server does not say which models it has: HTTP "
                                                + response.code());
                    });
        } catch (IOException unreachable) {
            var failure = failure(unreachable);
            return List.of(
                    Finding.fault("brains.openai.base-url", String.valueOf(failure.getMessage())));
        }
    }

    private Finding listed(String body) {
        try {
            boolean there =
                    JsonMessage.parse(body).list("data").stream()
                            .anyMatch(
                                    model ->
                                            model.text("id")
                                                    .filter(settings.model()::equals)
                                                    .isPresent());
            return there
                    ? Finding.ok("the server has the model " + settings.model())
                    : Finding.fault("brains.openai.model", "the server has no model of this name");
        } catch (UnreadableException unreadable) {
            return Finding.warning("brains.openai.base-url", "its list of models cannot be read");
        }
    }

    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
