package io.sandalphone.speech.worker;

import io.micrometer.core.instrument.Counter;

/// What is counted of one voice's workers. The engine declares the meters.
///
/// @param restarts workers started after one that died or hung
/// @param phrasesLost phrases that were not spoken to their end because the worker died or hung
public record VoiceCounts(Counter restarts, Counter phrasesLost) {}
