package io.sandalphone.providers.openai;

import io.sandalphone.brain.BrainReply;
import io.sandalphone.brain.Wish;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Understands the events of one streamed answer (`chat.completion.chunk`). Text goes on as it comes; calls of tools, which come
/// in fragments, when all is there. One thread at a time.
final class StreamedAnswer {
    private static final String DONE = "[DONE]";

    /// A model may call several tools at once; not more than it could use.
    private static final int MOST_CALLS = 16;

    private static final int LONGEST_ARGUMENTS = 16_384;

    private final Set<Wish.Ability> abilities;
    private final BrainReply out;
    private final OpenAiMeters meters;
    private final Map<Long, Call> calls = new TreeMap<>();
    private boolean finished;
    private boolean done;

    private static final class Call {
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    StreamedAnswer(Set<Wish.Ability> abilities, BrainReply out, OpenAiMeters meters) {
        this.abilities = abilities;
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
        usage.integer("prompt_tokens").ifPresent(meters.promptTokens()::increment);
        usage.integer("completion_tokens").ifPresent(meters.answerTokens()::increment);
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
                .ifPresent(out::text);
        delta.list("tool_calls").forEach(this::call);
        finished |= choice.text("finish_reason").isPresent();
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
        for (Call call : calls.values()) {
            Optional<Wish> wish = Tools.wish(call.name, call.arguments.toString(), abilities);
            wish.ifPresentOrElse(out::wish, meters.unknownTools()::increment);
        }
    }
}
