package io.sandalphone.providers.google;

import io.sandalphone.speech.Language;

import java.util.Locale;
import java.util.Map;

/// What Google calls our languages.
final class LanguageCodes {
    /// The variants its neural models tell apart; a language's other regions and scripts are the
    /// language.
    private static final Map<String, String> VARIANTS =
            Map.ofEntries(
                    Map.entry("zh-cn", "zh-CN"),
                    Map.entry("zh-hans", "zh-CN"),
                    Map.entry("zh-sg", "zh-CN"),
                    Map.entry("zh-tw", "zh-TW"),
                    Map.entry("zh-hant", "zh-TW"),
                    Map.entry("zh-hk", "zh-TW"),
                    Map.entry("pt-br", "pt-BR"),
                    Map.entry("pt-pt", "pt-PT"),
                    Map.entry("fr-ca", "fr-CA"),
                    Map.entry("fr-fr", "fr-FR"));

    private LanguageCodes() {}

    static String of(Language language) {
        return VARIANTS.getOrDefault(language.tag().toLowerCase(Locale.ROOT), language.base());
    }
}
