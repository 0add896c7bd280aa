package io.sandalphone.harness.converse;

import io.sandalphone.harness.agents.Stretch;
import io.sandalphone.harness.voices.Ear;
import io.sandalphone.speech.Language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Understands what agents say, with the embedded recognizer: sentence by sentence, each once. One thread.
public final class CallerEar implements AutoCloseable {
    /// More at once Whisper does not hear well.
    private static final int LONGEST = 8000 * 12;

    private final Ear ear;
    private final Map<Integer, String> known = new HashMap<>();

    /// Starts the recognizer.
    ///
    /// @throws IOException where its model is missing
    public CallerEar() throws IOException {
        ear = new Ear();
    }

    /// The words in the stretches `sounds` of `pcm`, in milliseconds from its beginning.
    String words(short[] pcm, List<Stretch> sounds, Language language) {
        List<String> words = new ArrayList<>();
        for (Stretch sound : sounds) {
            int from = Math.clamp(sound.from() * 8, 0, pcm.length);
            int until = Math.clamp(sound.until() * 8, from, pcm.length);
            for (int at = from; at < until; at += LONGEST) {
                String some =
                        words(Arrays.copyOfRange(pcm, at, Math.min(until, at + LONGEST)), language);
                if (!some.isBlank()) {
                    words.add(some.strip());
                }
            }
        }
        return String.join(" ", words);
    }

    /// The words of one sound: 8 kHz.
    public String words(short[] pcm, Language language) {
        return known.computeIfAbsent(
                Arrays.hashCode(pcm) * 31 + language.hashCode(), _ -> heard(pcm, language));
    }

    private String heard(short[] pcm, Language language) {
        try {
            return ear.hear(language, pcm);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        ear.close();
    }
}
