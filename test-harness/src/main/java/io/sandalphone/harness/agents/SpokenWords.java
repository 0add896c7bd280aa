package io.sandalphone.harness.agents;

import io.sandalphone.media.AudioFrame;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// What a caller says as the frames of their telephone: noise for as long as each word takes, silence between two.
///
/// @param words in their order
/// @param frames how many frames of 20 ms all of it takes, up to the end of the last word
record SpokenWords(List<Word> words, int frames) {
    /// How long people take for a character.
    private static final int CHARACTER_MILLIS = 62;

    private static final int SHORTEST_FRAMES = 5;
    private static final int GAP_FRAMES = 2;
    private static final int AMPLITUDE = 4000;

    SpokenWords {
        words = List.copyOf(words);
    }

    /// One word, from frame `from` up to frame `until`.
    record Word(String text, int from, int until) {}

    static SpokenWords of(String text) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        for (String word : text.strip().split("\\s+", -1)) {
            int frames =
                    Math.max(SHORTEST_FRAMES, word.length() * CHARACTER_MILLIS / AudioFrame.MILLIS);
            words.add(new Word(word, at, at + frames));
            at += frames + GAP_FRAMES;
        }
        return new SpokenWords(words, at - GAP_FRAMES);
    }

    /// The frames: what is no word is all zero.
    List<short[]> pcm() {
        List<short[]> pcm = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            pcm.add(new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)]);
        }
        for (Word word : words) {
            var chance = new SplittableRandom(word.text().hashCode());
            for (int i = word.from(); i < word.until(); i++) {
                fill(pcm.get(i), chance);
            }
        }
        return pcm;
    }

    /// So many frames of a sound that is no word.
    static List<short[]> noise(int frames) {
        var chance = new SplittableRandom(frames);
        List<short[]> pcm = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            var frame = new short[AudioFrame.samples(AudioFrame.TELEPHONE_RATE)];
            fill(frame, chance);
            pcm.add(frame);
        }
        return pcm;
    }

    /// Nothing that is like anything else, so that nobody takes it for an echo.
    static void fill(short[] frame, RandomGenerator chance) {
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (short) chance.nextInt(-AMPLITUDE, AMPLITUDE);
        }
    }
}
