package io.sandalphone.harness.latency;

import io.sandalphone.harness.latency.EvaluationSet.Kind;
import io.sandalphone.harness.latency.EvaluationSet.Utterance;
import io.sandalphone.harness.latency.EvaluationSet.Word;

import java.util.ArrayList;
import java.util.List;

/// What these tests say, and providers whose delays are exact.
final class Samples {
    /// A word is told 300 ms after its end, a translation takes 100 ms, the first sound 120, news of a silence 100.
    static final Profile EXACT = profile(0, 0);

    private Samples() {}

    /// The same with so many words first heard wrong, and so many that stay so.
    static Profile profile(double wrongFirst, double wrong) {
        return new Profile(
                "exact",
                new Delay(300, 300),
                new Delay(100, 100),
                new Delay(120, 120),
                new Delay(100, 100),
                /* pauseMs= */ 200,
                /* confidentSilenceMs= */ 400,
                /* silenceMs= */ 1280,
                new Delay(150, 150),
                wrongFirst,
                wrong,
                /* characterMs= */ 60,
                /* timesRealTime= */ 4,
                /* pieceMs= */ 100,
                /* patienceMs= */ 1000,
                /* answerMs= */ 2000);
    }

    /// Words of 200 ms; behind the third one they are silent for `pause` milliseconds.
    static Utterance said(int pause, String text) {
        List<Word> words = new ArrayList<>();
        int now = 0;
        for (String word : text.split(" ", -1)) {
            words.add(new Word(word, now, now + 200));
            now += words.size() == 3 ? 200 + pause : 200;
        }
        return new Utterance("t", Kind.SHORT, text, "-", words, List.of(), List.of());
    }
}
