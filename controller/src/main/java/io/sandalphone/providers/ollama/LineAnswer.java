package io.sandalphone.providers.ollama;

import io.sandalphone.brain.model.ModelAnswer;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.http.HttpRefusal;

import java.util.Optional;

/// Understands the lines of one answer of `/api/chat`. Calls of tools come whole, and what the model thinks is passed over.
/// One thread at a time.
final class LineAnswer {
    private static final int OK = 200;

    private final ModelAnswer answer;
    private boolean done;

    LineAnswer(ModelAnswer answer) {
        this.answer = answer;
    }

    /// The next line.
    void line(String text) throws SpeechException {
        if (text.isBlank()) {
            return;
        }
        Optional<JsonMessage> read = answer.message(text);
        if (read.isEmpty()) {
            return;
        }
        JsonMessage chunk = read.get();
        // The success that the answer began with was told before anything could fail.
        if (chunk.has("error")) {
            throw HttpRefusal.of(OK, chunk).failure();
        }
        JsonMessage message = chunk.object("message");
        answer.text(message.text("content").orElse(""));
        for (JsonMessage call : message.list("tool_calls")) {
            JsonMessage function = call.object("function");
            answer.call(function.text("name").orElse(""), function.json("arguments"));
        }
        if (chunk.flag("done").orElse(false)) {
            done = true;
            answer.tokens(chunk, "prompt_eval_count", "eval_count");
            answer.finish();
        }
    }

    /// Whether the server has said that it was all.
    boolean done() {
        return done;
    }
}
