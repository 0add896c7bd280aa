package io.sandalphone.brain.model;

import java.util.List;

/// What of an answer is to be said, where a model writes first what it thinks, between `<think>` and `</think>`, and its server leaves
/// that in: neither the marks nor what stands between them is. It may be cut anywhere. One thread at a time.
final class SpokenPart {
    private static final List<String> NAMES = List.of("think", "thinking", "thought", "reasoning");

    private final StringBuilder waiting = new StringBuilder();
    // The mark that ends what is not said; empty where all is.
    private String end = "";
    private boolean begun;

    /// The answer goes on with `piece`. Gives what of it is said; it may be empty.
    String add(String piece) {
        if (begun) {
            return piece;
        }
        if (end.isEmpty() && waiting.isEmpty() && piece.isBlank()) {
            return piece;
        }
        waiting.append(piece);
        if (end.isEmpty() && !thinks()) {
            return mayThink() ? "" : begin();
        }
        return behindThoughts();
    }

    /// The answer is over. Gives what of it is still to be said.
    String finish() {
        return begun || !end.isEmpty() ? "" : begin();
    }

    /// Whether a mark has opened; what it is made of is gone then.
    private boolean thinks() {
        String text = waiting.toString().stripLeading();
        for (String name : NAMES) {
            String mark = "<" + name + ">";
            if (text.startsWith(mark)) {
                waiting.setLength(0);
                waiting.append(text, mark.length(), text.length());
                end = "</" + name + ">";
                return true;
            }
        }
        return false;
    }

    /// Whether what has come may become a mark.
    private boolean mayThink() {
        String text = waiting.toString().stripLeading();
        return NAMES.stream().anyMatch(name -> ("<" + name + ">").startsWith(text));
    }

    private String behindThoughts() {
        int at = waiting.indexOf(end);
        if (at < 0) {
            // Of what is thought nothing is kept but what may be the beginning of the mark.
            waiting.delete(0, Math.max(0, waiting.length() - end.length() + 1));
            return "";
        }
        waiting.delete(0, at + end.length());
        return begin();
    }

    private String begin() {
        begun = true;
        String said = waiting.toString();
        waiting.setLength(0);
        return said;
    }
}
