package io.sandalphone.agent;

import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.input.Detectors;

import java.util.function.Consumer;

/// What every agent works with. Thread-safe: one serves all calls. `faulted` is told what is thrown on the way by a fault of
/// our own.
public record AgentDependencies(
        Transcriber transcriber,
        Synthesizer synthesizer,
        Detectors detectors,
        StockSentences stock,
        AgentTools tools,
        AgentMeters meters,
        Consumer<Throwable> faulted) {}
