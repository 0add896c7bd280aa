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
                    new ClausePolicy(ClausePolicyTest.unhurried(ENGLISH), (_, _) -> true),
                    text -> text);

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

    /// The last of `words` have not settled.
    private static TranscriptEvent newest(List<Word> words, int settled) {
        return new TranscriptEvent.Partial(
                words.subList(0, settled),
                words.subList(settled, words.size()),
                "",
                "",
                words.getFirst().start(),
                words.getLast().end());
    }

    private static Pause after(List<Word> words, int frames) {
        return Pause.of(words.getLast().end(), frames);
    }

    private List<String> paused(Pause pause) {
        return commits.paused(pause).stream().map(Utterance::text).toList();
    }

    @Test
    void what_was_said_is_a_clause_once_the_speaker_has_paused_behind_it() {
        List<Word> words = ClausePolicyTest.words("where is the nearest hospital");

        assertEquals(List.of(), commit(newest(words, 5)));
        assertEquals(List.of(), paused(after(words, 14)));
        assertEquals(List.of("where is the nearest hospital"), paused(after(words, 15)));
        assertEquals(List.of(), paused(after(words, 16)));
        assertEquals(List.of(), commit(whole("Where is the nearest hospital?", words)));
    }

    @Test
    void a_word_that_may_still_change_is_waited_for_however_long_the_pause() {
        List<Word> words = ClausePolicyTest.words("i met his sonny");
        List<Word> first = ClausePolicyTest.words("i met his son");

        commit(newest(first, 3));
        assertEquals(List.of(), paused(after(words, 25)));
        assertEquals(List.of("i met his sonny"), commit(newest(words, 4)));
    }

    @Test
    void words_that_come_when_the_speaker_has_paused_already_are_committed_at_once() {
        List<Word> words = ClausePolicyTest.words("where is the nearest hospital");

        assertEquals(List.of(), commit(newest(words.subList(0, 4), 4)));
        assertEquals(List.of(), paused(after(words, 20)), "the last word is not there yet");
        assertEquals(List.of("where is the nearest hospital"), commit(newest(words, 5)));
    }

    @Test
    void who_goes_on_to_speak_has_not_paused() {
        List<Word> words = ClausePolicyTest.words("where is the nearest hospital");

        paused(after(words, 14));
        paused(Pause.NONE);
        assertEquals(List.of(), commit(newest(words, 5)));
    }

    @Test
    void what_follows_a_pause_is_a_clause_of_its_own_and_nothing_is_said_twice() {
        List<Word> words = ClausePolicyTest.words("good morning sir (400) can you help me");

        commit(newest(words.subList(0, 3), 3));
        assertEquals(List.of("good morning sir"), paused(after(words.subList(0, 3), 16)));
        paused(Pause.NONE);
        assertEquals(List.of(), commit(newest(words, 6)));
        assertEquals(
                List.of("Can you help me?"),
                commit(whole("Good morning, sir. Can you help me?", words)));
    }

    @Test
    void a_recognizer_that_rewrites_its_words_is_not_believed_at_a_pause() {
        List<Word> words = ClausePolicyTest.words("where is the nearest hospital");

        assertEquals(
                List.of(),
                commit(
                        new TranscriptEvent.Partial(
                                List.of(),
                                "where is",
                                "the nearest hospital",
                                words.getFirst().start(),
                                words.getLast().end())));
        assertEquals(List.of(), paused(after(words, 25)));
        assertEquals(
                Optional.of("where is the nearest hospital"),
                commits.expected().map(Utterance::text));
    }

    @Test
    void what_is_expected_is_what_was_not_committed() {
        List<Word> words = ClausePolicyTest.words("i called the office yesterday and nobody");

        assertEquals(Optional.empty(), commits.expected());
        commit(newest(words.subList(0, 4), 3));
        assertEquals(Optional.of("i called the office"), commits.expected().map(Utterance::text));
        assertEquals(List.of("i called the office yesterday"), commit(newest(words, 6)));
        assertEquals(Optional.of("and nobody"), commits.expected().map(Utterance::text));
        commit(whole("I called the office yesterday and nobody", words));
        assertEquals(Optional.empty(), commits.expected());
    }

    @Test
    void words_told_after_the_end_are_not_said_again() {
        List<Word> words = ClausePolicyTest.words("where is the nearest hospital");

        commit(newest(words, 4));
        assertEquals(
                List.of("Where is the nearest hospital?"),
                commit(whole("Where is the nearest hospital?", words)));
        assertEquals(List.of(), commit(newest(words, 5)));
        assertEquals(List.of(), paused(after(words, 16)));
    }

    @Test
    void a_word_that_is_said_again_and_again_is_not_taken_for_a_number_written_in_digits() {
        List<Word> words =
                ClausePolicyTest.words(
                        "so call six one two three four five six seven eight then then then"
                                + " (400) then then then then of");

        commit(newest(words.subList(0, 14), 14));
        paused(after(words.subList(0, 14), 16));
        paused(Pause.NONE);
        commit(newest(words, 17));
        assertEquals(
                List.of("then then then then of"),
                commit(whole("So call 612 345 678 then then then then then then then of", words)));
    }

    @Test
    void a_pause_that_was_before_the_words_does_not_end_them() {
        List<Word> words = ClausePolicyTest.words("where is (2000) the nearest hospital");

        paused(Pause.of(words.get(1).end(), 27));
        assertEquals(List.of(), commit(newest(words, words.size())));
    }

    @Test
    void a_number_told_in_digits_is_the_same_in_other_groups() {
        List<Word> words = ClausePolicyTest.words("415 555 0123 (700) talk");

        commit(newest(words.subList(0, 3), 3));
        assertEquals(List.of("415 555 0123"), paused(after(words.subList(0, 3), 31)));
        paused(Pause.NONE);
        commit(newest(words, 3));
        assertEquals(List.of("talk"), commit(whole("(415) 555-0123 talk", words)));
    }

    private static final String LONG =
            "we would have liked to see the garden behind the old house near the river";

    @Test
    void what_became_too_long_is_not_cut_while_nobody_speaks_behind_it() {
        List<Word> words = ClausePolicyTest.words(LONG);

        paused(after(words, 12));
        assertEquals(List.of(), commit(newest(words, words.size())));
        assertEquals(List.of(LONG), paused(after(words, 15)));
    }

    @Test
    void what_became_too_long_is_cut_where_the_speaker_goes_on() {
        List<Word> words = ClausePolicyTest.words(LONG + " where we");
        List<Word> first = words.subList(0, 15);

        paused(after(first, 12));
        assertEquals(List.of(), commit(newest(first, first.size())));
        paused(Pause.NONE);
        assertEquals(1, commit(newest(words, words.size())).size());
    }

    @Test
    void the_end_of_its_utterance_is_as_good_as_one_more_pause_behind_a_number() {
        List<Word> words = ClausePolicyTest.words("it is number five");
        commit(newest(words, words.size()));

        assertEquals(List.of(), paused(after(words, 28)));
        assertEquals(List.of("it is number five"), paused(Pause.ended(words.getLast().end())));
        assertEquals(List.of(), commit(whole("It is number 5.", words)));
    }

    @Test
    void the_end_of_an_utterance_ends_no_words_that_come_behind_it() {
        List<Word> words = ClausePolicyTest.words("good morning sir are you there");
        paused(Pause.ended(words.get(2).end()));

        assertEquals(List.of(), commit(newest(words, words.size())));
    }
}
