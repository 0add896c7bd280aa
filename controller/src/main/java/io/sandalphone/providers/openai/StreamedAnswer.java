package io.sandalphone.providers.openai;

import io.sandalphone.brain.BrainReply;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Understands the events of one streamed answer (`chat.completion.chunk`). Text goes on as it comes; calls of tools, which come
/// in fragments, are there at the end. One thread at a time.
final class StreamedAnswer {
    private static final String DONE = "[DONE]";

    /// A model may call several tools at once; not more than it could use.
    private static final int MOST_CALLS = 16;

    private static final int LONGEST_ARGUMENTS = 16_384;

    private final BrainReply out;
    private final OpenAiMeters meters;
    private final Map<Long, Call> calls = new TreeMap<>();
    private final StringBuilder said = new StringBuilder();
    private OptionalLong read = OptionalLong.empty();
    private OptionalLong written = OptionalLong.empty();
    private boolean finished;
    private boolean done;

    private static final class Call {
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    StreamedAnswer(BrainReply out, OpenAiMeters meters) {
        this.out = out;
        this.meters = meters;
    }

    /// The next event.
    void event(String data) throws SpeechException {
        if (data.strip().equals(DONE)) {
            done = true;
            return;
        }
        JsonMessage chunk;
        try {
            chunk = JsonMessage.parse(data).optional();
        } catch (UnreadableException _) {
            meters.unreadable().increment();
            return;
        }
        if (chunk.has("error")) {
            throw Refusals.amid(chunk.object("error"));
        }
        JsonMessage usage = chunk.object("usage");
        // Some servers repeat it with every event, with what it is until then.
        if (usage.has("prompt_tokens")) {
            read = usage.integer("prompt_tokens");
        }
        if (usage.has("completion_tokens")) {
            written = usage.integer("completion_tokens");
        }
        List<JsonMessage> choices = chunk.list("choices");
        if (!choices.isEmpty()) {
            choice(choices.getFirst());
        }
    }

    private void choice(JsonMessage choice) {
        JsonMessage delta = choice.object("delta");
        delta.text("content")
                .or(() -> delta.text("refusal"))
                .filter(text -> !text.isEmpty())
                .ifPresent(this::text);
        delta.list("tool_calls").forEach(this::call);
        finished |= choice.text("finish_reason").isPresent();
    }

    private void text(String piece) {
        said.append(piece);
        out.text(piece);
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

    /// Whether the server has said that it was all.
    boolean done() {
        return done;
    }

    /// There are no more events.
    void end() throws SpeechException {
        if (!finished && !done) {
            throw new SpeechException(Kind.PROVIDER_FAULT, "the answer broke off");
        }
    }

    /// What the model has said.
    String said() {
        return said.toString();
    }

    /// The tools that it wants used, in order.
    List<ToolCall> calls() {
        return calls.values().stream()
                .map(call -> new ToolCall(call.name, call.arguments.toString()))
                .toList();
    }

    /// How many tokens it has read, where the server says so.
    OptionalLong read() {
        return read;
    }

    /// How many it has written, likewise.
    OptionalLong written() {
        return written;
    }

    /// How many characters it has written, arguments of tools included.
    long characters() {
        return said.length()
                + calls.values().stream().mapToLong(call -> call.arguments.length()).sum();
    }
}
