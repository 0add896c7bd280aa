package io.sandalphone.speech.text.number;

import io.sandalphone.speech.text.value.Value;

/// One way to read the tokens of a text from `start` to before `end`.
public record Reading(int start, int end, Value value) {}
