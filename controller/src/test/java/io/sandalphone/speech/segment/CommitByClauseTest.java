package io.sandalphone.speech.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptEvent.Word;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class CommitByClauseTest {
    private static final Language ENGLISH = new Language("en");

    private final CommitByClause commits =
            new CommitByClause(
                    new ClausePolicy(ClauseRules.of(ENGLISH).orElseThrow(), (_, _) -> true));

    private static TranscriptEvent partial(List<Word> words) {
        return new TranscriptEvent.Partial(
                words, "", "and more", words.getFirst().start(), words.getLast().end() + 800);
    }

    private static TranscriptEvent whole(String text, List<Word> words) {
        return new TranscriptEvent.Final(
                text, words.getFirst().start(), words.getLast().end(), Optional.of(ENGLISH));
    }

    private List<String> commit(TranscriptEvent event) {
        return commits.commit(event).stream().map(Utterance::text).toList();
    }

    @Test
    void a_clause_is_committed_while_the_utterance_goes_on_and_the_rest_at_its_end() {
        List<Word> words =
                ClausePolicyTest.words("i called the office yesterday and nobody answered");

        assertEquals(List.of(), commit(partial(words.subList(0, 5))));
        List<Utterance> clause = commits.commit(partial(words.subList(0, 6)));
        assertEquals(
                List.of(
                        new Utterance(
                                "i called the office yesterday",
                                words.get(0).start(),
                                words.get(4).end(),
                                Optional.empty())),
                clause);
        assertEquals(List.of(), commit(partial(words)));
        assertEquals(
                List.of(
                        new Utterance(
                                "and nobody answered.",
                                words.get(4).end(),
                                words.get(7).end(),
                                Optional.of(ENGLISH))),
                commits.commit(whole("I called the office yesterday and nobody answered.", words)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // Formatted at the end: numbers in digits, capitals, marks.
                "he paid me twenty five dollars yesterday morning because of it; "
                        + "He paid me $25 yesterday morning because of it.; because of it.",
                "we need it twenty five times. people come; We need it 25 times. People come.;"
                        + " People come.",
                // Corrected at the end, before and behind the cut.
                "i called the oficina yesterday and nobody answered; "
                        + "I called the office yesterday, and nobody answers.; and nobody answers.",
                "i called the office today and nobody answered; "
                        + "I called the office to day and nobody answered; and nobody answered",
                // Words more, and words less.
                "i called the office yesterday and nobody answered; I, I called the office"
                        + " yesterday and nobody answered; and nobody answered",
                "i i called the office yesterday and nobody answered; "
                        + "I called the office yesterday and nobody answered; and nobody answered",
            })
    void an_end_in_other_words_adds_what_is_behind_those_that_were_committed(
            String said, String end, String rest) {
        List<Word> words = ClausePolicyTest.words(said);
        assertEquals(1, commit(partial(words)).size());

        assertEquals(List.of(rest), commit(whole(end, words)));
    }

    @Test
    void an_end_that_says_no_more_adds_nothing() {
        List<Word> words = ClausePolicyTest.words("good morning.");

        assertEquals(List.of("good morning."), commit(partial(words)));
        assertEquals(List.of(), commit(whole("Good morning.", words)));
        assertEquals(List.of("Good morning."), commit(whole("Good morning.", words)));
    }

    @Test
    void an_utterance_whose_end_was_never_told_takes_no_words_of_the_next_one() {
        List<Word> words =
                ClausePolicyTest.words(
                        "good morning. (2000) i called the office yesterday and then");
        assertEquals(List.of("good morning."), commit(partial(words.subList(0, 2))));

        assertEquals(
                List.of("i called the office yesterday"),
                commit(partial(words.subList(2, words.size()))));
    }

    /// Ten thousand utterances, whose words settle in steps: each word once, in order.
    @ParameterizedTest
    @ValueSource(longs = {20261129})
    void every_word_is_committed_once_and_in_order(long seed) {
        var chance = new Random(seed);
        String[] some = {
            "i", "called", "the", "office", "and", "but", "because", "twenty", "five", "not",
            "yes.", "well,", "mother", "(400)", "(900)", "dr.", "came", "please", "3", "street?"
        };
        for (int i = 0; i < 10_000; i++) {
            var text = new StringBuilder("so");
            for (int n = chance.nextInt(40); n > 0; n--) {
                text.append(' ').append(some[chance.nextInt(some.length)]);
            }
            List<Word> words = ClausePolicyTest.words(text.toString());
            List<String> committed = new ArrayList<>();
            for (int settled = 1; settled <= words.size(); settled += 1 + chance.nextInt(3)) {
                committed.addAll(commit(partial(words.subList(0, settled))));
            }
            String all = ClausePolicy.text(words);
            committed.addAll(commit(whole(all, words)));
            assertEquals(all, String.join(" ", committed), "seed " + seed + ", utterance " + i);
        }
    }
}
