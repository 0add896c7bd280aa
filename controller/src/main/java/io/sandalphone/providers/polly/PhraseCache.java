package io.sandalphone.providers.polly;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The audio of short phrases that are said again and again ("one moment, please"), in memory: as
/// much as fits, of those used last. Thread-safe: one serves every call.
final class PhraseCache {
    /// What a phrase takes beside its audio and its text, roughly.
    private static final int OVERHEAD = 200;

    private final long mostBytes;
    private final int maxCharacters;
    private final Map<Phrase, byte[]> phrases = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /// All that makes two phrases sound the same.
    record Phrase(String text, String voice, PollyEngine engine, OptionalInt ratePercent) {
        @Override
        public String toString() {
            return "a phrase for " + voice;
        }
    }

    /// @param mostBytes memory to take at most, 0 for no cache
    /// @param maxCharacters characters of the longest phrase that is kept
    PhraseCache(long mostBytes, int maxCharacters) {
        this.mostBytes = mostBytes;
        this.maxCharacters = maxCharacters;
    }

    /// Whether `phrase` is one to keep.
    boolean takes(Phrase phrase) {
        return mostBytes > 0 && phrase.text().length() <= maxCharacters;
    }

    synchronized Optional<byte[]> find(Phrase phrase) {
        byte @Nullable [] audio = phrases.get(phrase);
        return Optional.ofNullable(audio);
    }

    /// Keeps `audio`, which nobody may change any more, and forgets what was not used for longest.
    synchronized void keep(Phrase phrase, byte[] audio) {
        if (!takes(phrase) || size(phrase, audio) > mostBytes) {
            return;
        }
        byte @Nullable [] before = phrases.put(phrase, audio);
        bytes += size(phrase, audio) - (before == null ? 0 : size(phrase, before));
        Iterator<Map.Entry<Phrase, byte[]>> oldest = phrases.entrySet().iterator();
        while (bytes > mostBytes) {
            Map.Entry<Phrase, byte[]> forgotten = oldest.next();
            bytes -= size(forgotten.getKey(), forgotten.getValue());
            oldest.remove();
        }
    }

    /// Memory taken, in bytes.
    synchronized long bytes() {
        return bytes;
    }

    private static long size(Phrase phrase, byte[] audio) {
        return OVERHEAD + 2L * phrase.text().length() + audio.length;
    }
}
