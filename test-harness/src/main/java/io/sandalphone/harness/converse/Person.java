package io.sandalphone.harness.converse;

import io.sandalphone.harness.pairs.PairPhone;
import io.sandalphone.speech.Language;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Somebody to whom an agent may put its caller through, at a real telephone that answers by itself.
///
/// @param language that they speak
/// @param rung waits for so long until their telephone is rung; an `AssertionError` where it is not
/// @param joined whether the call goes on between two people
/// @param words what the caller says to them first; empty: nothing
record Person(
        Language language,
        Function<Duration, PairPhone> rung,
        BooleanSupplier joined,
        Optional<String> words) {}
