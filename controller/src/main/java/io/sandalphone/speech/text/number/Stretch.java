package io.sandalphone.speech.text.number;

/// A stretch of a text, from index `start` to before `end`.
public interface Stretch {
    int start();

    int end();
}
