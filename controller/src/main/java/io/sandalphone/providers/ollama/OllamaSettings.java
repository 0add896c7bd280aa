package io.sandalphone.providers.ollama;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.http.UrlPath;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// How an Ollama is asked.
///
/// @param baseUrl where its paths begin
/// @param model which model answers
/// @param think whether a model that can thinks before it answers
/// @param keepAlive how long the model stays in memory after an answer; empty: for ever
/// @param maxTokens how long an answer may be
/// @param context how many tokens the model sees; empty: as the server has it
record OllamaSettings(
        URI baseUrl,
        String model,
        boolean think,
        Optional<Duration> keepAlive,
        int maxTokens,
        Optional<Integer> context) {
    private static final int LEAST_CONTEXT = 512;
    private static final int MOST_CONTEXT = 1 << 20;

    static Setting<OllamaSettings> read(Section own) {
        Setting<URI> baseUrl = own.uri("base-url", "https", "http");
        Setting<String> model = own.text("model");
        Setting<Boolean> think = own.flag("think");
        Setting<Optional<Duration>> keepAlive =
                own.durationOrNone("unload-after", Duration.ZERO, Duration.ofDays(7));
        Setting<Integer> maxTokens = own.integer("max-tokens", 1, 100_000);
        Setting<Optional<Integer>> context =
                own.valueOrNone(
                        "context",
                        "a whole number of tokens, from %d on".formatted(LEAST_CONTEXT),
                        OllamaSettings::context);
        return own.make(
                () ->
                        new OllamaSettings(
                                baseUrl.get(),
                                model.get(),
                                think.get(),
                                keepAlive.get(),
                                maxTokens.get(),
                                context.get()));
    }

    private static int context(String text) {
        int tokens = Integer.parseInt(text);
        if (tokens < LEAST_CONTEXT || tokens > MOST_CONTEXT) {
            throw new IllegalArgumentException();
        }
        return tokens;
    }

    /// The address of `path`, below the base.
    String at(String path) {
        return UrlPath.below(baseUrl, path);
    }

    /// As the server is told: in seconds, below 0 for ever.
    long keepAliveSeconds() {
        return keepAlive.map(Duration::toSeconds).orElse(-1L);
    }
}
