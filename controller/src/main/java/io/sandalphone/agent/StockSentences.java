package io.sandalphone.agent;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.VoiceChoice;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/// What an agent says by itself, without asking its brain, in the caller's language, and the sound of it: voiced once in each agent's voice and
/// kept, so that it can be said where nothing works any more. Thread-safe: one serves all calls.
public final class StockSentences {
    /// What there is to say.
    public enum Kind {
        /// It takes a moment.
        PATIENCE,
        /// A small word while it takes a moment.
        FILLER,
        /// Something went wrong, the caller may say it again.
        SORRY,
        /// Nothing works, the call ends.
        GIVE_UP,
        /// The time is up.
        GOODBYE,
        /// The caller is about to be put through to a person.
        CONNECTING,
        /// That person could not be reached, and the agent is back.
        NOBODY_FREE;

        /// Whether it is said by those alone who put callers through.
        private boolean isOfTransfers() {
            return this == CONNECTING || this == NOBODY_FREE;
        }
    }

    private static final String FALLBACK = "en";
    private static final Properties TEXTS = load();

    private final Map<Key, short[]> sounds = new ConcurrentHashMap<>();

    private record Key(String engines, VoiceChoice voices, String language, String text) {}

    private static Key key(Synthesizer voice, AgentSettings settings, String text) {
        return new Key(voice.name(), settings.voices(), settings.language().tag(), text);
    }

    private static Properties load() {
        var texts = new Properties();
        try (var file = StockSentences.class.getResourceAsStream("sentences.properties")) {
            if (file == null) {
                throw new IllegalStateException("not in the jar: sentences.properties");
            }
            texts.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /// The text, in English where there is none in `language`.
    static String text(Kind kind, Language language) {
        return text(kind.name().toLowerCase(Locale.ROOT), language);
    }

    /// What a person hears to whom a caller is about to be put through, where nothing is known of why.
    static String introduction(Language language) {
        return text("introduction", language);
    }

    private static String text(String name, Language language) {
        String key = "." + name;
        return TEXTS.getProperty(language.base() + key, TEXTS.getProperty(FALLBACK + key));
    }

    /// Voices what an agent with these `settings` may say, unless it is known. Blocks: call it from a virtual thread. What cannot be
    /// voiced keeps nothing else from it.
    void prepare(Synthesizer voice, AgentSettings settings, Usage usage)
            throws SpeechException, InterruptedException {
        Language language = settings.language();
        SpeechException failed = null;
        for (Kind kind : Kind.values()) {
            if (kind.isOfTransfers() && settings.transfer().isEmpty()) {
                continue;
            }
            String text = text(kind, language, settings.sentences());
            var key = key(voice, settings, text);
            if (!sounds.containsKey(key)) {
                try {
                    short[] sound =
                            voice.whole(
                                    new SynthesisRequest(
                                            text, language, settings.voices(), usage, false));
                    if (sound.length > 0) {
                        sounds.put(key, sound);
                    }
                } catch (SpeechException failure) {
                    failed = failure;
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    /// The text, `own` where the operator has given one.
    static String text(Kind kind, Language language, Map<Kind, String> own) {
        return own.getOrDefault(kind, text(kind, language));
    }

    /// The sound: 8 kHz mono PCM that nobody writes; null while it was not voiced.
    short @Nullable [] sound(Kind kind, Synthesizer voice, AgentSettings settings) {
        String text = text(kind, settings.language(), settings.sentences());
        return sounds.get(key(voice, settings, text));
    }
}
