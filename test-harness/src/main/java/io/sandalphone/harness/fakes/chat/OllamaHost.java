package io.sandalphone.harness.fakes.chat;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What is installed on a machine that runs Ollama.
///
/// @param models by name what each can do: `completion`, `tools`, `thinking`
/// @param loading how long the first request for a model waits until it is read from the disk
public record OllamaHost(Map<String, Set<String>> models, Duration loading) {
    /// One model that can use tools and one that thinks, both there at once.
    public static final OllamaHost USUAL =
            new OllamaHost(
                    Map.of(
                            "fake:4b",
                            Set.of("completion", "tools"),
                            "fake-thinker:8b",
                            Set.of("completion", "tools", "thinking")),
                    Duration.ZERO);

    public OllamaHost {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        models.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(model -> copy.put(model.getKey(), Set.copyOf(model.getValue())));
        models = Collections.unmodifiableMap(copy);
    }

    /// The same, with a disk that slow.
    public OllamaHost loadingFor(Duration loading) {
        return new OllamaHost(models, loading);
    }
}
