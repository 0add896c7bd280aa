package io.sandalphone.providers.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.model.Dialogue;
import io.sandalphone.brain.model.ModelAnswer;
import io.sandalphone.brain.model.ModelAnswers;
import io.sandalphone.brain.model.Prompt;
import io.sandalphone.brain.model.Tools;
import io.sandalphone.brain.model.UsedTool;
import io.sandalphone.config.Finding;
import io.sandalphone.speech.AheadConnection;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.http.BodyLines;
import io.sandalphone.speech.http.HttpRefusal;
import io.sandalphone.speech.http.VendorClient;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import okio.BufferedSource;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Answers with a language model behind Ollama's `POST /api/chat`, streamed line by line. The model is loaded when the brain is
/// made, so that no caller waits for it. The server stops to work on an answer when the connection is closed, as it is when the
/// thread is interrupted.
final class OllamaBrain implements Brain {
    private static final Logger LOG = LoggerFactory.getLogger(OllamaBrain.class);
    private static final MediaType TYPE = MediaType.get("application/json");
    private static final Duration CONNECT = Duration.ofSeconds(2);

    // Whoever asks gives up sooner; this ends what nobody waits for any more, and is long enough
    // for a
    // model that has to be read from the disk.
    private static final Duration SILENT = Duration.ofSeconds(60);

    private static final int NOT_FOUND = 404;
    private static final int BUSY = 503;
    private static final String NO_TOOLS = "does not support tools";

    private final OllamaSettings settings;
    private final ModelAnswers answers;
    private final VendorClient client = new VendorClient("Ollama", CONNECT, SILENT);
    private final AheadConnection connection;
    private final Thread loading;

    /// Those that have said that they cannot use tools.
    private final Set<String> withoutTools = ConcurrentHashMap.newKeySet();

    private volatile @Nullable String unavailableReason;

    OllamaBrain(OllamaSettings settings, ModelAnswers answers) {
        this.settings = settings;
        this.answers = answers;
        connection =
                client.ahead(() -> new Request.Builder().url(settings.at("/api/version")).build());
        loading = Thread.ofVirtual().name("ollama-loading").start(this::load);
    }

    @Override
    public String name() {
        return OllamaProvider.NAME;
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

    private void load() {
        try {
            client.stream(
                    post(chat(settings.model()).toString()),
                    refusal -> refused(refusal, settings.model()),
                    _ -> {});
        } catch (SpeechException failure) {
            LOG.atWarn()
                    .addKeyValue("reason", failure.getMessage())
                    .log("ollama did not load its model ahead");
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void prepare() {
        connection.prepare();
    }

    @Override
    public void answer(BrainRequest request, BrainReply out)
            throws SpeechException, InterruptedException {
        answers.answer(request, new Chat(request), out);
    }

    /// One answer, in Ollama's protocol.
    private final class Chat implements Dialogue {
        private final BrainRequest request;
        private final String model;
        private final ArrayNode messages = JsonNodeFactory.instance.arrayNode();

        Chat(BrainRequest request) {
            this.request = request;
            model = request.model().orElse(settings.model());
            Prompt.messages(request, messages);
        }

        /// A model that says that it cannot use tools is asked again without.
        @Override
        public void ask(boolean last, ModelAnswer answer)
                throws SpeechException, InterruptedException {
            ArrayNode tools = JsonNodeFactory.instance.arrayNode();
            if (!last && !withoutTools.contains(model)) {
                Tools.offer(request, tools);
            }
            try {
                ask(tools, answer);
            } catch (SpeechException failure) {
                if (tools.isEmpty() || !withoutTools.contains(model)) {
                    throw failure;
                }
                ask(JsonNodeFactory.instance.arrayNode(), answer);
            }
        }

        private void ask(ArrayNode tools, ModelAnswer answer)
                throws SpeechException, InterruptedException {
            ObjectNode body = chat(model);
            body.set("messages", messages);
            if (!tools.isEmpty()) {
                body.set("tools", tools);
            }
            String text = body.toString();
            client.stream(
                    post(text),
                    refusal -> refused(refusal, model),
                    response -> {
                        answer.taken(text.length());
                        read(response.body().source(), answer);
                        connection.used();
                    });
        }

        @Override
        public void used(String said, List<UsedTool> tools) {
            ArrayNode calls =
                    messages.addObject()
                            .put("role", "assistant")
                            .put("content", said)
                            .putArray("tool_calls");
            for (UsedTool tool : tools) {
                calls.addObject()
                        .putObject("function")
                        .put("name", tool.call().name())
                        .set("arguments", tool.call().argumentObject());
            }
            for (UsedTool tool : tools) {
                messages.addObject()
                        .put("role", "tool")
                        .put("tool_name", tool.call().name())
                        .put("content", tool.text());
            }
        }
    }

    private void read(BufferedSource body, ModelAnswer answer)
            throws IOException, SpeechException, InterruptedException {
        unavailableReason = null;
        var lines = new BodyLines(body);
        var read = new LineAnswer(answer);
        String line = lines.next();
        while (line != null) {
            read.line(line);
            line = read.done() ? null : lines.next();
        }
    }

    /// A request without messages: alone it loads the model. Everything that would have the model loaded anew if it changed is
    /// the same in each.
    private ObjectNode chat(String model) {
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("model", model)
                        .put("stream", true)
                        .put("think", settings.think())
                        .put("keep_alive", settings.keepAliveSeconds());
        body.putArray("messages");
        ObjectNode options = body.putObject("options").put("num_predict", settings.maxTokens());
        settings.context().ifPresent(tokens -> options.put("num_ctx", tokens));
        return body;
    }

    private Request post(String body) {
        return new Request.Builder()
                .url(settings.at("/api/chat"))
                .post(RequestBody.create(body, TYPE))
                .build();
    }

    private SpeechException refused(HttpRefusal refusal, String model) {
        if (refusal.status() == NOT_FOUND) {
            String missing = OllamaCheck.missing(model);
            if (model.equals(settings.model())) {
                unavailableReason = missing;
            }
            return new SpeechException(Kind.REQUEST, missing);
        }
        if (refusal.says(NO_TOOLS)) {
            withoutTools.add(model);
        }
        return refusal.status() == BUSY
                ? new SpeechException(Kind.OVERLOADED, "Ollama has too many requests waiting")
                : refusal.failure();
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        return new OllamaCheck(settings, client).findings();
    }

    @Override
    public void close() {
        loading.interrupt();
        client.close();
    }
}
