package io.sandalphone.providers.offline;

import io.sandalphone.speech.Language;

import java.util.Arrays;
import java.util.List;

/// The voices there are without an account.
public enum VoiceKind {
    /// SVOX Pico.
    PICO("pico", true),
    /// Flite's voice `slt`.
    FLITE("flite", false),
    /// espeak-ng.
    ESPEAK_NG("espeak-ng", true);

    /// What some voice of them speaks, as base languages.
    static final List<String> LANGUAGES = List.of("en", "es");

    /// The women's and men's voices that espeak-ng has beside each language's own, by its names.
    private static final List<String> VARIANTS =
            List.of("f1", "f2", "f3", "f4", "f5", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8");

    private final String name;
    private final boolean spanish;

    VoiceKind(String name, boolean spanish) {
        this.name = name;
        this.spanish = spanish;
    }

    /// The kind that settings call `name`. Throws [IllegalArgumentException] when there is none.
    static VoiceKind of(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a voice: " + name));
    }

    /// The voices it has beside its own, by their names.
    List<String> variants() {
        return this == ESPEAK_NG ? VARIANTS : List.of();
    }

    /// Whether it speaks the language, in whichever region's manner.
    boolean speaks(Language language) {
        return switch (language.base()) {
            case "en" -> true;
            case "es" -> spanish;
            default -> false;
        };
    }

    /// As settings, meters and operators call it.
    @Override
    public String toString() {
        return name;
    }
}
