package io.sandalphone.providers.openai;

import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.net.URI;
import java.util.Optional;

/// How a server is asked.
///
/// @param baseUrl where its paths begin: `https://api.openai.com/v1`
/// @param apiKey empty for a server that asks for none
/// @param model which model answers
/// @param maxTokens how long an answer may be
/// @param reasoningEffort for models that think before they answer; empty: as the server has it
record OpenAiSettings(
        URI baseUrl,
        Optional<Secret> apiKey,
        String model,
        int maxTokens,
        Optional<String> reasoningEffort) {
    private static final String DEFAULT = "default";

    static Setting<OpenAiSettings> read(Section own) {
        Setting<URI> baseUrl = own.uri("base-url", "https", "http");
        Setting<Secret> apiKey = own.secret("api-key");
        Setting<String> model = own.text("model");
        Setting<Integer> maxTokens = own.integer("max-tokens", 1, 100_000);
        Setting<String> effort = own.text("reasoning-effort");
        return own.make(
                () ->
                        new OpenAiSettings(
                                baseUrl.get(),
                                OpenAiServer.key(apiKey.get()),
                                model.get(),
                                maxTokens.get(),
                                Optional.of(effort.get()).filter(text -> !text.equals(DEFAULT))));
    }
}
