package io.sandalphone.providers.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.brain.Brain;
import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.BrainRequest;
import io.sandalphone.brain.model.Dialogue;
import io.sandalphone.brain.model.ModelAnswer;
import io.sandalphone.brain.model.ModelAnswers;
import io.sandalphone.brain.model.Tools;
import io.sandalphone.brain.model.UsedTool;
import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.http.EventStream;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

import okio.BufferedSource;
import okio.Timeout;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Answers with a language model behind `POST /chat/completions`, streamed by server-sent events. The server is asked once for
/// each answer, and again with what came of the tools that the model wants used; it stops to work on it when the connection is closed,
/// as it is when the thread is interrupted.
final class OpenAiBrain implements Brain {
    private static final MediaType TYPE = MediaType.get("application/json");

    // Whoever asks gives up sooner; this ends what nobody waits for any more.
    private static final Duration SILENT = Duration.ofSeconds(30);

    /// How long a server may take to say what an answer cost, and that it was all, once the model has finished.
    private static final Duration AFTERWARDS = Duration.ofMillis(800);

    private final OpenAiSettings settings;
    private final ModelAnswers answers;
    private final OpenAiServer server;

    OpenAiBrain(OpenAiSettings settings, ModelAnswers answers) {
        this.settings = settings;
        this.answers = answers;
        server = new OpenAiServer("brains.openai.", settings.baseUrl(), settings.apiKey(), SILENT);
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
        return server.unavailableReason();
    }

    @Override
    public void prepare() {
        server.prepare();
    }

    @Override
    public void answer(BrainRequest request, BrainReply out)
            throws SpeechException, InterruptedException {
        answers.answer(request, new Chat(request), out);
    }

    /// One answer, in OpenAI's protocol.
    private final class Chat implements Dialogue {
        private final BrainRequest request;
        private final ChatMessages messages;

        Chat(BrainRequest request) {
            this.request = request;
            messages = new ChatMessages(request);
        }

        @Override
        public void ask(boolean last, ModelAnswer answer)
                throws SpeechException, InterruptedException {
            String body = body(last).toString();
            Request post =
                    server.request("/chat/completions")
                            .header("Accept", "text/event-stream")
                            .post(RequestBody.create(body, TYPE))
                            .build();
            server.stream(
                    post,
                    response -> {
                        answer.taken(body.length());
                        read(response.body().source(), answer);
                    });
        }

        @Override
        public void used(String said, List<UsedTool> tools) {
            messages.used(said, tools);
        }

        private ObjectNode body(boolean last) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("model", request.model().orElse(settings.model()));
            body.put("stream", true);
            ObjectNode options = body.putObject("stream_options").put("include_usage", true);
            if (server.isOpenAi()) {
                options.put("include_obfuscation", false);
            } else {
                // Others know the older name alone.
                body.put("max_tokens", settings.maxTokens());
            }
            body.put("max_completion_tokens", settings.maxTokens());
            settings.reasoningEffort().ifPresent(effort -> body.put("reasoning_effort", effort));
            body.set("messages", messages.json());
            ArrayNode tools = JsonNodeFactory.instance.arrayNode();
            Tools.offer(request, tools);
            if (!tools.isEmpty()) {
                body.set("tools", tools);
                if (last) {
                    body.put("tool_choice", "none");
                }
            }
            return body;
        }
    }

    private static void read(BufferedSource body, ModelAnswer answer)
            throws IOException, SpeechException, InterruptedException {
        var streamed = new StreamedAnswer(answer);
        try {
            read(new EventStream(body), streamed, body.timeout());
        } catch (InterruptedIOException late) {
            if (!streamed.finished() || Thread.currentThread().isInterrupted()) {
                throw late;
            }
        }
        streamed.end();
    }

    private static void read(EventStream events, StreamedAnswer streamed, Timeout timeout)
            throws IOException, SpeechException, InterruptedException {
        boolean known = false;
        String data = events.next();
        while (data != null) {
            streamed.event(data);
            if (streamed.finished() && !known) {
                known = true;
                timeout.deadline(AFTERWARDS.toNanos(), TimeUnit.NANOSECONDS);
            }
            data = streamed.done() ? null : events.next();
        }
    }

    /// Asks which models there are.
    @Override
    public List<Finding> check() throws InterruptedException {
        return List.of(server.check("model", settings.model()).orElseGet(server::unlisted));
    }

    @Override
    public void close() {
        server.close();
    }
}
