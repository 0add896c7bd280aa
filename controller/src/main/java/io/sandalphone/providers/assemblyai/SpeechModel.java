package io.sandalphone.providers.assemblyai;

import io.sandalphone.speech.Language;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// The models of Universal-Streaming v3 that are known to us, by the value of `speech_model`. Those
/// with `universal-streaming` in their name never take a final word back; the others may rewrite
/// everything until the end of a turn.
enum SpeechModel {
    ENGLISH("universal-streaming-english"),
    MULTILINGUAL("universal-streaming-multilingual"),
    UNIVERSAL_3_5_PRO("universal-3-5-pro"),
    U3_REALTIME_PRO("u3-rt-pro"),
    WHISPER("whisper-rt");

    private static final Set<String> SPOKEN = Set.of("en", "es", "fr", "de", "it", "pt");

    private final String key;

    SpeechModel(String key) {
        this.key = key;
    }

    static Optional<SpeechModel> of(String key) {
        return Arrays.stream(values()).filter(model -> model.key.equals(key)).findFirst();
    }

    boolean understands(Language language) {
        return switch (this) {
            case ENGLISH -> language.base().equals("en");
            case MULTILINGUAL, UNIVERSAL_3_5_PRO, U3_REALTIME_PRO ->
                    SPOKEN.contains(language.base());
            case WHISPER -> true;
        };
    }

    /// Whether the model of this name settles its words one after another, and takes none back.
    static boolean settlesWords(String key) {
        return key.startsWith("universal-streaming");
    }

    /// Whether it can say which language was spoken.
    boolean detectsLanguage() {
        return this != ENGLISH;
    }

    /// Whether it tells words only at pauses unless it is asked to tell them while somebody speaks on.
    boolean waitsForPauses() {
        return this == UNIVERSAL_3_5_PRO || this == U3_REALTIME_PRO;
    }

    /// Whether the end of a turn is a matter of `end_of_turn_confidence_threshold`.
    boolean weighsTheEnd() {
        return this == ENGLISH || this == MULTILINGUAL;
    }
}
