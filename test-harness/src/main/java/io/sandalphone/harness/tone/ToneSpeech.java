package io.sandalphone.harness.tone;

import io.sandalphone.harness.measure.Levels;

import java.time.Duration;
import java.util.List;

/// How a voice says tone words: how long each sounds, the pause after each, and how loud (dBov).
///
/// Pure tones pass for speech with libfvad in all its modes but the most aggressive (measured:
/// every 20 ms of every word, of up to 3 s, from -20 to -26 dBov), so words are plain sines. The
/// pause is shorter than that detector's hangover of 100 to 140 ms, so words said in one go are one
/// utterance.
public record ToneSpeech(Duration word, Duration pause, double level) {
    /// How loud tones are said at most, in dBov. Louder ones are noise to the voice detector, and
    /// disturb each other more than [ToneDetector#LEAK_BOUND] allows for.
    public static final double LOUDEST = -20;

    /// The voice used wherever a test does not care.
    public static final ToneSpeech USUAL =
            new ToneSpeech(Duration.ofMillis(240), Duration.ofMillis(80), -22);

    private static final int RATE = 8000;
    // Half a period of a raised cosine; a hard edge would splash over all other tones.
    private static final int EDGE = RATE / 1000 * 5;

    public ToneSpeech {
        if (word.compareTo(ToneDetector.SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "a word of "
                            + word
                            + " is too short to be heard, under "
                            + ToneDetector.SHORTEST);
        }
        if (pause.compareTo(ToneDetector.LONGEST_DROPOUT) <= 0) {
            throw new IllegalArgumentException(
                    "a pause of " + pause + " does not tell a word said twice from one");
        }
        if (level > LOUDEST) {
            throw new IllegalArgumentException("a level of " + level + " dBov exceeds " + LOUDEST);
        }
    }

    /// The same voice with words of another length.
    public ToneSpeech withWord(Duration word) {
        return new ToneSpeech(word, pause, level);
    }

    /// The same voice at another level, in dBov.
    public ToneSpeech withLevel(double level) {
        return new ToneSpeech(word, pause, level);
    }

    /// `words` one after another, each followed by its pause, as 8 kHz PCM.
    public short[] render(List<ToneWord> words) {
        int wordSamples = samples(word);
        int stride = wordSamples + samples(pause);
        short[] pcm = new short[stride * words.size()];
        for (int i = 0; i < words.size(); i++) {
            sing(words.get(i), pcm, i * stride, wordSamples);
        }
        return pcm;
    }

    /// `words` one after another, as 8 kHz PCM.
    public short[] render(ToneWord... words) {
        return render(List.of(words));
    }

    /// As long as `words` words take, and nothing to be heard.
    public short[] silence(int words) {
        return new short[words * (samples(word) + samples(pause))];
    }

    /// How long `words` words take, their pauses included.
    public Duration lasting(int words) {
        return word.plus(pause).multipliedBy(words);
    }

    private void sing(ToneWord tone, short[] pcm, int start, int length) {
        double amplitude = Levels.sineAmplitude(level);
        double step = 2 * Math.PI * tone.frequency() / RATE;
        for (int i = 0; i < length; i++) {
            pcm[start + i] = (short) Math.round(amplitude * edge(i, length) * Math.sin(step * i));
        }
    }

    private static double edge(int i, int length) {
        int fromEdge = Math.min(i, length - 1 - i);
        return fromEdge >= EDGE ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * fromEdge / EDGE);
    }

    private static int samples(Duration duration) {
        return (int) (duration.toNanos() * RATE / 1_000_000_000);
    }
}
