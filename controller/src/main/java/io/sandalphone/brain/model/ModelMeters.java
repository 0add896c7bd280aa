package io.sandalphone.brain.model;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

/// What language models were asked for, by the brain that asks them.
public final class ModelMeters {
    private final MeterGroup group;

    private ModelMeters(MeterRegistry registry) {
        group = new MeterGroup(registry, "model");
    }

    public static ModelMeters register(MeterRegistry registry) {
        return new ModelMeters(registry);
    }

    /// Of one brain.
    ///
    /// @param promptTokens read by the model, estimated where the server does not say so
    /// @param answerTokens written by it
    /// @param estimated answers whose tokens the server did not tell
    /// @param unknownTools tools it wanted to use that it was not offered
    /// @param unreadable parts of answers that were no JSON
    record Brain(
            Counter promptTokens,
            Counter answerTokens,
            Counter estimated,
            Counter unknownTools,
            Counter unreadable) {}

    Brain of(String brain) {
        return new Brain(
                tokens(brain, "prompt"),
                tokens(brain, "answer"),
                group.counter(
                        "tokens.estimated",
                        "",
                        "Answers whose tokens the server did not tell, or that broke off before:"
                                + " four characters are taken for one",
                        "brain",
                        brain),
                group.counter(
                        "unknown.tools",
                        "",
                        "Tools a model wanted to use that it was not offered",
                        "brain",
                        brain),
                group.counter(
                        "unreadable",
                        "",
                        "Parts of streamed answers that could not be read, and were passed over",
                        "brain",
                        brain));
    }

    private Counter tokens(String brain, String kind) {
        return group.counter(
                "tokens",
                "",
                "Tokens that models read and wrote, as their servers count them, or else estimated",
                "brain",
                brain,
                "kind",
                kind);
    }
}
