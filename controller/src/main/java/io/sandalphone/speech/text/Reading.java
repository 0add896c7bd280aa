package io.sandalphone.speech.text;

/// One way to read the tokens of a text from `start` to before `end`.
record Reading(int start, int end, Value value) {}
