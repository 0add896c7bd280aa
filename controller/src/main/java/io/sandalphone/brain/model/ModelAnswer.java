package io.sandalphone.brain.model;

import io.sandalphone.brain.BrainReply;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One answer of a language model to one request, told by whoever reads its server's protocol. Text goes on as it comes; calls of tools
/// are there at the end. One thread at a time.
public final class ModelAnswer {
    /// Nobody listens to a hundredth of it; who goes on is cut off.
    private static final int MOST_CHARACTERS = 1_000_000;

    /// A model may call several tools at once; not more than it could use.
    private static final int MOST_CALLS = 16;

    // About what it is in most languages and models.
    private static final int CHARACTERS_OF_TOKEN = 4;

    private final BrainReply out;
    private final ModelMeters.Brain meters;
    private final List<ToolCall> calls = new ArrayList<>();
    private final SpokenPart spoken = new SpokenPart();
    private final StringBuilder said = new StringBuilder();
    private long writtenCharacters;
    private OptionalLong sent = OptionalLong.empty();
    private OptionalLong read = OptionalLong.empty();
    private OptionalLong written = OptionalLong.empty();
    private long argumentCharacters;
    private boolean finished;

    ModelAnswer(BrainReply out, ModelMeters.Brain meters) {
        this.out = out;
        this.meters = meters;
    }

    /// The server has taken the request, of so many characters: what it does from now on may have to be paid for.
    public void taken(long characters) {
        sent = OptionalLong.of(characters);
    }

    /// A message of the server's, unless it cannot be read: then that is counted.
    public Optional<JsonMessage> message(String json) {
        try {
            return Optional.of(JsonMessage.parse(json).optional());
        } catch (UnreadableException _) {
            meters.unreadable().increment();
            return Optional.empty();
        }
    }

    /// More of what it writes; it may be empty. What it thinks before it answers goes no further.
    public void text(String piece) throws SpeechException {
        writtenCharacters += piece.length();
        if (writtenCharacters > MOST_CHARACTERS) {
            throw new SpeechException(Kind.PROVIDER_FAULT, "an answer without end");
        }
        say(spoken.add(piece));
    }

    private void say(String piece) {
        if (!piece.isEmpty()) {
            said.append(piece);
            out.text(piece);
        }
    }

    /// It wants a tool used; `arguments` are JSON. What is more than it could use is left out.
    public void call(String tool, String arguments) {
        argumentCharacters += arguments.length();
        if (calls.size() < MOST_CALLS) {
            calls.add(new ToolCall(tool, arguments));
        }
    }

    /// So many tokens were read and written, where the fields of these names say so. Some servers repeat it with every message, with what
    /// it is until then.
    public void tokens(JsonMessage usage, String readField, String writtenField) {
        if (usage.has(readField)) {
            read = usage.integer(readField);
        }
        if (usage.has(writtenField)) {
            written = usage.integer(writtenField);
        }
    }

    /// The model says that it has finished.
    public void finish() {
        finished = true;
    }

    /// Whether it has finished.
    public boolean finished() {
        return finished;
    }

    /// The server has told everything.
    ///
    /// @throws SpeechException unless the model has finished
    void end() throws SpeechException {
        say(spoken.finish());
        if (!finished) {
            throw new SpeechException(Kind.PROVIDER_FAULT, "the answer broke off");
        }
    }

    /// What it has said.
    String said() {
        return said.toString();
    }

    /// The tools that it wants used, in order.
    List<ToolCall> calls() {
        return List.copyOf(calls);
    }

    /// Whether the server has taken the request.
    boolean begun() {
        return sent.isPresent();
    }

    /// Whether the server does not say how many tokens there were.
    boolean estimated() {
        return read.isEmpty() || written.isEmpty();
    }

    /// How many tokens the model has read.
    long read() {
        return read.orElse(sent.orElse(0) / CHARACTERS_OF_TOKEN);
    }

    /// How many it has written.
    long written() {
        return written.orElse(
                Math.ceilDiv(writtenCharacters + argumentCharacters, CHARACTERS_OF_TOKEN));
    }
}
