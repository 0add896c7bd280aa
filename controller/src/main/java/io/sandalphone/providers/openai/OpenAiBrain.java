package io.sandalphone.providers.openai;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.Toolbox;
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
/// each answer, and again with what came of the tools that the model wants used; it stops to work on it when the connection is closed, as it is when the thread is interrupted.
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

    // About what it is in most languages and models.
    private static final int CHARACTERS_OF_TOKEN = 4;

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

    /// Round by round, as long as the model wants tools used, and may.
    @Override
    public void answer(BrainRequest request, BrainReply out)
            throws SpeechException, InterruptedException {
        var messages = new ChatMessages(request);
        for (int round = 0; ; round++) {
            boolean last = round == Toolbox.MOST_ROUNDS;
            StreamedAnswer answer = ask(request, messages, last, out);
            var calls = new CalledTools(request, answer.calls());
            calls.wishes().forEach(out::wish);
            meters.unknownTools().increment(calls.unknown());
            if (last || !calls.goOn(answer.said())) {
                return;
            }
            if (!answer.said().isBlank()) {
                out.text(" ");
            }
            messages.used(answer.said(), calls.use());
        }
    }

    /// One request, and what is said in answer to it.
    private StreamedAnswer ask(
            BrainRequest request, ChatMessages messages, boolean last, BrainReply out)
            throws SpeechException, InterruptedException {
        byte[] body = body(request, messages, last);
        Request post =
                request(settings.at("/chat/completions"))
                        .header("Accept", "text/event-stream")
                        .post(RequestBody.create(body, TYPE))
                        .build();
        var answer = new StreamedAnswer(out, meters);
        try (Response response = client.newCall(post).execute()) {
            if (!response.isSuccessful()) {
                throw refused(
                        Refusals.of(response.code(), response.peekBody(LARGEST_REFUSAL).string()));
            }
            unavailableReason = null;
            try {
                read(new EventStream(response.body().source()), answer);
            } finally {
                bill(request, body.length, answer);
            }
        } catch (IOException broken) {
            throw failure(broken);
        }
        answer.end();
        return answer;
    }

    private static void read(EventStream events, StreamedAnswer answer)
            throws IOException, SpeechException, InterruptedException {
        for (String data = events.next();
                data != null && !answer.done();
                data = answer.done() ? null : events.next()) {
            answer.event(data);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    /// What the server says of tokens comes last, and from some not at all.
    private void bill(BrainRequest request, long bodyBytes, StreamedAnswer answer) {
        if (answer.read().isEmpty() || answer.written().isEmpty()) {
            meters.estimated().increment();
        }
        long read = answer.read().orElse(bodyBytes / CHARACTERS_OF_TOKEN);
        long written =
                answer.written()
                        .orElse(
                                (answer.characters() + CHARACTERS_OF_TOKEN - 1)
                                        / CHARACTERS_OF_TOKEN);
        meters.promptTokens().increment((double) read);
        meters.answerTokens().increment((double) written);
        request.usage().read(OpenAiProvider.NAME, read);
        request.usage().written(OpenAiProvider.NAME, written);
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

    private byte[] body(BrainRequest request, ChatMessages messages, boolean last)
            throws SpeechException {
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
        body.set("messages", messages.json());
        ArrayNode tools = JSON.createArrayNode();
        Tools.offer(request.abilities(), tools);
        Tools.offer(request.tools(), tools);
        if (!tools.isEmpty()) {
            body.set("tools", tools);
            if (last) {
                body.put("tool_choice", "none");
            }
        }
        try {
            return JSON.writeValueAsBytes(body);
        } catch (IOException impossible) {
            throw new SpeechException(Kind.REQUEST, "cannot be written as JSON", impossible);
        }
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
