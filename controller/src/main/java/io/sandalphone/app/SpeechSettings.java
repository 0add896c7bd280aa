package io.sandalphone.app;

import java.util.Map;

/// Which engines hear, translate and speak, by name, and each engine's own settings.
public record SpeechSettings(
        String transcriber,
        String translator,
        String synthesizer,
        Map<String, Map<String, String>> engines) {
    public SpeechSettings {
        engines = Map.copyOf(engines);
    }
}
