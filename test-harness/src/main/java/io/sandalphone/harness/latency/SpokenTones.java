package io.sandalphone.harness.latency;

import io.sandalphone.harness.measure.Levels;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;

import java.util.List;

/// Tones in the place of words, at 8 kHz: what a voice detector takes for speech, and what can be found again in a recording
/// ([ToneWord]). Those of two languages do not disturb each other.
final class SpokenTones {
    private static final int RATE = AudioFrame.TELEPHONE_RATE;

    /// Where a tone begins and ends it takes 5 ms to do so; a hard edge would be heard on all frequencies.
    private static final int EDGE = RATE / 200;

    private static final double AMPLITUDE = Levels.sineAmplitude(ToneSpeech.USUAL.level());

    private SpokenTones() {}

    /// What is `said` in `language`: a tone for as long as each word takes, silence between them, and nothing behind the last.
    static short[] of(EvaluationSet.Utterance said, Language language) {
        List<ToneWord> tones = ToneWord.of(language);
        var pcm = new short[Math.toIntExact(HeardWords.samples(said.durationMs()))];
        for (int word = 0; word < said.words().size(); word++) {
            EvaluationSet.Word each = said.words().get(word);
            int from = Math.toIntExact(HeardWords.samples(each.startMs()));
            int length = Math.toIntExact(HeardWords.samples(each.endMs())) - from;
            ToneWord tone = tones.get(word % tones.size());
            for (int i = 0; i < length; i++) {
                pcm[from + i] =
                        (short) Math.round(edge(Math.min(i, length - 1 - i)) * sample(tone, i));
            }
        }
        return pcm;
    }

    private static double edge(int samples) {
        return samples >= EDGE ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * samples / EDGE);
    }

    /// The tone in which a voice says `text`: the same for the same text.
    static ToneWord toneOf(String text, Language language) {
        List<ToneWord> tones = ToneWord.of(language);
        return tones.get(Math.floorMod(text.hashCode(), tones.size()));
    }

    /// The sample at `index` of a tone.
    static double sample(ToneWord tone, long index) {
        return AMPLITUDE * Math.sin(2 * Math.PI * tone.frequency() * index / RATE);
    }
}
