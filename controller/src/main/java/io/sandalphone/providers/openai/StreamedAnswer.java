package io.sandalphone.providers.openai;

import io.sandalphone.brain.model.ModelAnswer;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.http.HttpRefusal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Understands the events of one streamed answer (`chat.completion.chunk`). Calls of tools come in fragments. One thread at a time.
final class StreamedAnswer {
    private static final String DONE = "[DONE]";
    private static final int OK = 200;

    /// A model may call several tools at once; not more than it could use.
    private static final int MOST_CALLS = 16;

    private static final int LONGEST_ARGUMENTS = 16_384;

    private final ModelAnswer answer;
    private final Map<Long, Call> calls = new TreeMap<>();
    private boolean done;

    private static final class Call {
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    StreamedAnswer(ModelAnswer answer) {
        this.answer = answer;
    }

    /// The next event.
    void event(String data) throws SpeechException {
        if (data.strip().equals(DONE)) {
            done = true;
            answer.finish();
            return;
        }
        Optional<JsonMessage> read = answer.message(data);
        if (read.isEmpty()) {
            return;
        }
        JsonMessage chunk = read.get();
        if (chunk.has("error")) {
            throw HttpRefusal.of(OK, chunk).failure();
        }
        answer.tokens(chunk.object("usage"), "prompt_tokens", "completion_tokens");
        List<JsonMessage> choices = chunk.list("choices");
        if (!choices.isEmpty()) {
            choice(choices.getFirst());
        }
    }

    private void choice(JsonMessage choice) throws SpeechException {
        JsonMessage delta = choice.object("delta");
        answer.text(delta.text("content").or(() -> delta.text("refusal")).orElse(""));
        delta.list("tool_calls").forEach(this::call);
        if (choice.text("finish_reason").isPresent()) {
            answer.finish();
        }
    }

    private void call(JsonMessage fragment) {
        long index = fragment.integer("index").orElse(0);
        if (calls.size() >= MOST_CALLS && !calls.containsKey(index)) {
            return;
        }
        Call call = calls.computeIfAbsent(index, _ -> new Call());
        JsonMessage function = fragment.object("function");
        function.text("name").filter(name -> !name.isEmpty()).ifPresent(name -> call.name = name);
        function.text("arguments")
                .filter(more -> call.arguments.length() + more.length() <= LONGEST_ARGUMENTS)
                .ifPresent(call.arguments::append);
    }

    /// Whether the model has finished. What the answer cost may still come.
    boolean finished() {
        return answer.finished();
    }

    /// Whether the server has said that it was all.
    boolean done() {
        return done;
    }

    /// There are no more events.
    void end() {
        for (Call call : calls.values()) {
            answer.call(call.name, call.arguments.toString());
        }
    }
}
