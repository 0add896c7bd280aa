package io.sandalphone.harness.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.latency.EvaluationSet.Kind;
import io.sandalphone.harness.latency.EvaluationSet.Utterance;
import io.sandalphone.harness.latency.EvaluationSet.Word;
import io.sandalphone.harness.latency.Outcome.Clause;
import io.sandalphone.harness.latency.Outcome.Voiced;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;
import io.sandalphone.speech.text.aloud.ReadAloud;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Ten thousand turns of chance through the interpreter, of which the recognizer hears every third word wrong at first and every
/// tenth for good.
class EveryWordOnceTest {
    private static final Language ENGLISH = new Language("en");
    private static final Language SPANISH = new Language("es");
    private static final int CALLS = 100;
    private static final int TURNS = 100;
    private static final int FRAME_MILLIS = 20;

    /// As the service in the cloud, with a voice so fast that nothing is ever too far behind.
    private static final Profile ERRING =
            new Profile(
                    "erring",
                    new Delay(300, 500),
                    new Delay(100, 250),
                    new Delay(120, 300),
                    new Delay(100, 200),
                    /* pauseMs= */ 200,
                    /* confidentSilenceMs= */ 400,
                    /* silenceMs= */ 1280,
                    new Delay(150, 300),
                    /* wrongFirst= */ 0.3,
                    /* wrong= */ 0.1,
                    /* characterMs= */ 5,
                    /* timesRealTime= */ 4,
                    /* pieceMs= */ 100,
                    /* patienceMs= */ 1000,
                    /* answerMs= */ 2000);

    /// Says every word with an ending.
    private static final class Endings implements Translator {
        @Override
        public String name() {
            return "endings";
        }

        @Override
        public boolean translates(Language from, Language to) {
            return true;
        }

        @Override
        public String translate(TranslationRequest request) {
            return Stream.of(request.text().split(" ", -1))
                    .map(word -> HeardWords.plain(word) + "ez")
                    .collect(Collectors.joining(" "));
        }
    }

    /// Words by which clauses are cut, and others that mean nothing, so that a translator may do with them what it likes.
    private static List<String> vocabulary() {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "and", "but", "because", "when", "if", "the", "a", "of", "to",
                                "very"));
        for (String first : List.of("zo", "vu", "xi", "ka", "plo", "bru")) {
            for (String last : List.of("ked", "tup", "mig", "lorf", "nast", "rin", "bosk", "deg")) {
                words.add(first + last);
            }
        }
        return words;
    }

    /// Turns of one to nine words, with pauses anywhere, and marks.
    private static Utterance call(int seed, List<String> vocabulary) {
        var random = new Random(seed);
        List<Word> words = new ArrayList<>();
        int now = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            int length = 1 + random.nextInt(9);
            for (int i = 0; i < length; i++) {
                String mark = i + 1 < length ? random.nextInt(5) == 0 ? "," : "" : ".";
                int lasts = 100 + 10 * random.nextInt(40);
                String word = vocabulary.get(random.nextInt(vocabulary.size()));
                words.add(new Word(word + mark, now, now + lasts));
                now += lasts + (random.nextInt(6) == 0 ? 10 * random.nextInt(90) : 0);
            }
            now += 200 + 10 * random.nextInt(140);
        }
        String text = words.stream().map(Word::text).collect(Collectors.joining(" "));
        return new Utterance("call-" + seed, Kind.LONG, text, "-", words, List.of(), List.of());
    }

    @Test
    void every_final_word_is_voiced_once_and_in_order_whatever_the_partials_did() throws Exception {
        List<String> vocabulary = vocabulary();
        List<Policy> policies = Policy.sideBySide();
        for (int seed = 0; seed < CALLS; seed++) {
            Policy policy = policies.get(seed % policies.size());
            Utterance said = call(seed, vocabulary);
            Outcome outcome =
                    new Trial(
                                    said,
                                    policy.settings(),
                                    ERRING,
                                    seed,
                                    ENGLISH,
                                    SPANISH,
                                    new Endings(),
                                    vocabulary)
                            .run();

            String where = "seed " + seed + ", " + policy.name();
            assertEquals(0, outcome.revised(), where);
            List<String> expected =
                    HeardWords.of(said, 0, ERRING, new Chance(seed, said.id()), vocabulary).stream()
                            .map(word -> HeardWords.plain(word.written()) + "ez")
                            .toList();
            List<String> voiced = List.of(outcome.translation().split(" ", -1));
            int same = 0;
            while (same < Math.min(expected.size(), voiced.size())
                    && expected.get(same).equals(voiced.get(same))) {
                same++;
            }
            assertEquals(around(expected, same), around(voiced, same), where);
            assertEquals(expected.size(), voiced.size(), where);
            assertHeardOnlyThat(outcome, where);
        }
    }

    /// The words beside the first that differs, which a reader can take in.
    private static List<String> around(List<String> words, int at) {
        return words.subList(Math.max(0, at - 8), Math.min(words.size(), at + 8));
    }

    /// What was begun ahead and cancelled was heard by nobody: there is sound for what was voiced in the end, and no more.
    private static void assertHeardOnlyThat(Outcome outcome, String where) {
        long heard =
                outcome.sounds().stream().mapToLong(sound -> sound.until() - sound.from()).sum();
        long voiced =
                outcome.clauses().stream()
                        .map(Clause::voiced)
                        .flatMap(each -> each.stream().map(Voiced::text))
                        .mapToLong(EveryWordOnceTest::soundMillis)
                        .sum();
        // Where it falls behind for a moment it is spoken faster.
        assertTrue(
                heard <= voiced && heard > 0.98 * voiced, where + ": " + heard + " of " + voiced);
    }

    private static long soundMillis(String text) {
        double millis = ReadAloud.inWords(text, SPANISH).length() * ERRING.characterMs();
        return Math.ceilDiv(Math.round(millis), FRAME_MILLIS) * FRAME_MILLIS;
    }
}
