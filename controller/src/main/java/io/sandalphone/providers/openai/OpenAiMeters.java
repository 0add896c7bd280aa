package io.sandalphone.providers.openai;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

/// What servers that speak OpenAI's protocol were asked for.
///
/// @param promptTokens read by the model, estimated where the server does not say so
/// @param answerTokens written by it
/// @param estimated answers whose tokens the server did not tell
/// @param unknownTools tools it wanted to use that it was not offered
/// @param unreadable events that were no JSON
record OpenAiMeters(
        Counter promptTokens,
        Counter answerTokens,
        Counter estimated,
        Counter unknownTools,
        Counter unreadable) {
    static OpenAiMeters register(MeterRegistry registry) {
        var group = new MeterGroup(registry, "openai");
        return new OpenAiMeters(
                tokens(group, "prompt"),
                tokens(group, "answer"),
                group.counter(
                        "tokens.estimated",
                        "",
                        "Answers whose tokens the server did not tell, or that broke off before:"
                                + " four characters are taken for one"),
                group.counter(
                        "unknown.tools", "", "Tools a model wanted to use that it was not offered"),
                group.counter(
                        "unreadable",
                        "",
                        "Events of streamed answers that could not be read, and were passed over"));
    }

    private static Counter tokens(MeterGroup group, String kind) {
        return group.counter(
                "tokens",
                "",
                "Tokens that models read and wrote, as their servers count them, or else estimated",
                "kind",
                kind);
    }
}
