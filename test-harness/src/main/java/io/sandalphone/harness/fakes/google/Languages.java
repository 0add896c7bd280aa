package io.sandalphone.harness.fakes.google;

import java.util.List;
import java.util.Set;

/// Some of the languages Google knows, by its codes.
final class Languages {
    static final List<String> CODES =
            List.of(
                    "ar", "ca", "de", "en", "es", "fr", "fr-CA", "fr-FR", "it", "ja", "ko", "nl",
                    "pl", "pt", "pt-BR", "pt-PT", "qu", "ru", "uk", "zh", "zh-CN", "zh-TW");

    private static final Set<String> KNOWN = Set.copyOf(CODES);

    private Languages() {}

    /// The code, when it is one that is known.
    static String known(String code, String parameter) throws Refusal {
        if (!KNOWN.contains(code)) {
            throw Refusal.invalid("Invalid Value: " + parameter);
        }
        return code;
    }
}
