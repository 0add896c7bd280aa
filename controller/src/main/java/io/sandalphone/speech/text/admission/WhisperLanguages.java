package io.sandalphone.speech.text.admission;

import io.sandalphone.speech.Language;

import java.util.Set;

/// The languages that every multilingual Whisper knows, and the models of OpenAI that came after it (their tokenizer, ISO 639).
public final class WhisperLanguages {
    private static final Set<String> CODES =
            Set.of(
                    ("en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro"
                                    + " da hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az"
                                    + " sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn"
                                    + " yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa"
                                    + " lb my bo tl mg as tt haw ln ha ba jw su")
                            .split(" "));

    private WhisperLanguages() {}

    /// Whether `language`, whatever the region, is one of them.
    public static boolean know(Language language) {
        return CODES.contains(language.base());
    }
}
