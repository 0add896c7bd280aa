package io.sandalphone.harness.fakes.audio;

import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What understands the sound that a service is sent. Thread-safe.
@FunctionalInterface
public interface Ear {
    /// A word that was understood.
    ///
    /// @param language of it, as ISO 639-1 has it
    /// @param startMillis from when, and `endMillis` until when it was said
    record Word(String text, String language, long startMillis, long endMillis) {}

    /// The words of `pcm`, which is 8 kHz; none when nothing was said.
    List<Word> hear(short[] pcm);

    /// Tones are words.
    static Ear tones() {
        return pcm -> {
            List<Word> words = new ArrayList<>();
            for (HeardTone tone : ToneDetector.listen(pcm).heard()) {
                words.add(
                        new Word(
                                tone.word().text(),
                                tone.word().language().base(),
                                tone.startMillis(),
                                tone.endMillis()));
            }
            return words;
        };
    }

    /// Whatever sounds, the first time it is understood as the first text, and so on; when there are no more, as the last. The words
    /// share the sound's time evenly.
    static Ear inOrder(String language, String... texts) {
        var next = new AtomicInteger();
        return pcm -> {
            String text = texts[Math.min(next.getAndIncrement(), texts.length - 1)];
            if (text.isBlank()) {
                return List.of();
            }
            String[] split = text.strip().split("\\s+", -1);
            long each = pcm.length / 8L / split.length;
            List<Word> words = new ArrayList<>();
            for (int at = 0; at < split.length; at++) {
                words.add(new Word(split[at], language, at * each, (at + 1) * each));
            }
            return words;
        };
    }

    /// Words as one text.
    static String text(List<Word> words) {
        return String.join(" ", words.stream().map(Word::text).toList());
    }
}
