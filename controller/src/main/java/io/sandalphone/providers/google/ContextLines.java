package io.sandalphone.providers.google;

import io.sandalphone.speech.TranslationRequest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A clause with the clauses before it, a line each: the only way to show Google's general models
/// what a clause belongs to. They translate line by line and keep the lines.
record ContextLines(List<String> lines) {
    ContextLines {
        lines = List.copyOf(lines);
    }

    /// The request's text after the last `clauses` of its context.
    static ContextLines of(TranslationRequest request, int clauses) {
        List<String> context = request.context();
        return new ContextLines(
                Stream.concat(
                                context.stream().skip(Math.max(0, context.size() - clauses)),
                                Stream.of(request.text()))
                        .map(clause -> clause.replaceAll("\\R", " "))
                        .toList());
    }

    String text() {
        return String.join("\n", lines);
    }

    /// Of the translation of all lines the last one's. Empty when it has not as many lines as were
    /// sent, so that none can be told from the next.
    Optional<String> last(String translated) {
        List<String> answered = translated.strip().lines().toList();
        return answered.size() == lines.size() ? Optional.of(answered.getLast()) : Optional.empty();
    }
}
