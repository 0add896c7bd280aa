package io.sandalphone.harness.fakes.chat;

import io.sandalphone.harness.fakes.Fault;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What comes of a reply, given what befalls it: so many events, and why they end.
final class AnswerPlan {
    private static final int REPETITIONS = 200;

    /// Ten minutes of a calm speaker.
    private static final int WORDS_OF_TEN_MINUTES = 1500;

    private static final int LONGEST = 200_000;
    private static final List<String> RAMBLING =
            Tokens.of(" and then there is one more thing that I would like to say about it,");
    private static final List<String> SENTENCE = Tokens.of("I am here to help you.");
    private static final ToolCall NOBODY_S =
            new ToolCall("open_pod_bay_doors", new JsonObject().put("all", true));

    private final Iterable<String> words;
    private final List<ToolCall> calls;
    private final Finish finish;
    private final int middle;

    private AnswerPlan(Iterable<String> words, List<ToolCall> calls, Finish finish, int middle) {
        this.words = words;
        this.calls = calls;
        this.finish = finish;
        this.middle = middle;
    }

    static AnswerPlan of(ChatReply reply, @Nullable Fault fault, OptionalInt most) {
        List<String> tokens = Tokens.of(reply.text());
        List<ToolCall> calls = reply.calls();
        if (fault == Fault.UNKNOWN_TOOL) {
            calls = List.of(NOBODY_S);
        }
        int middle = Math.max(1, tokens.size() / 2);
        if (fault == Fault.FLOOD) {
            return new AnswerPlan(() -> endless(RAMBLING), List.of(), Finish.LENGTH, middle);
        }
        if (fault == Fault.REPEATED || fault == Fault.LONG_ANSWER) {
            tokens = fault == Fault.REPEATED ? repeated(tokens) : tenMinutes(tokens);
            calls = List.of();
        }
        if (fault == Fault.CUT_SHORT || fault == Fault.FILTERED) {
            var why = fault == Fault.FILTERED ? Finish.FILTERED : Finish.LENGTH;
            return new AnswerPlan(
                    tokens.subList(0, Math.min(middle, tokens.size())), List.of(), why, middle);
        }
        if (most.isPresent() && tokens.size() > most.getAsInt()) {
            return new AnswerPlan(
                    tokens.subList(0, most.getAsInt()), List.of(), Finish.LENGTH, middle);
        }
        return new AnswerPlan(tokens, calls, calls.isEmpty() ? Finish.STOP : Finish.TOOLS, middle);
    }

    private static List<String> repeated(List<String> tokens) {
        return Collections.nCopies(REPETITIONS, spaced(tokens)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> tenMinutes(List<String> tokens) {
        List<String> sentence = spaced(tokens);
        return IntStream.range(0, WORDS_OF_TEN_MINUTES)
                .mapToObj(at -> sentence.get(at % sentence.size()))
                .toList();
    }

    /// A sentence that can follow itself.
    private static List<String> spaced(List<String> tokens) {
        List<String> sentence = tokens.isEmpty() ? SENTENCE : tokens;
        return Stream.concat(
                        Stream.of(" " + sentence.getFirst().stripLeading()),
                        sentence.stream().skip(1))
                .toList();
    }

    private static Iterator<String> endless(List<String> tokens) {
        return Stream.iterate(0, at -> (at + 1) % tokens.size()).map(tokens::get).iterator();
    }

    /// The events of all that the model makes, each at its own time.
    Iterator<String> events(Dialect dialect) {
        Stream<String> tools =
                IntStream.range(0, calls.size())
                        .boxed()
                        .flatMap(index -> dialect.call(index, calls.get(index)).stream());
        Stream<String> said = stream(words).map(dialect::text);
        return Stream.concat(dialect.thoughts().stream(), Stream.concat(said, tools)).iterator();
    }

    private static Stream<String> stream(Iterable<String> words) {
        return StreamSupport.stream(words.spliterator(), false);
    }

    /// All the words, as far as they can be sent at once.
    List<String> words() {
        return stream(words).limit(LONGEST).toList();
    }

    List<ToolCall> calls() {
        return calls;
    }

    Finish finish() {
        return finish;
    }

    /// After how many events the middle is.
    int middle() {
        return middle;
    }
}
