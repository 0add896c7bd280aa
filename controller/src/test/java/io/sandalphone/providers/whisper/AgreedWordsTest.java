package io.sandalphone.providers.whisper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class AgreedWordsTest {
    private static AgreedWords.Words words(String stable, String tentative) {
        return new AgreedWords.Words(stable, tentative);
    }

    @Test
    void what_two_decodings_begin_with_is_stable() {
        var agreed = new AgreedWords(2);
        assertEquals(words("", "I would like to"), agreed.decoded("I would like to", false));
        assertEquals(
                words("I would like", "two tickets"),
                agreed.decoded("I would like two tickets", false));
        assertEquals(
                words("I would like two tickets,", "please."),
                agreed.decoded("I would like two tickets, please.", false));
        assertEquals(5, agreed.stable());
    }

    @Test
    void three_must_agree_where_three_are_asked_for_or_two_at_a_pause() {
        var agreed = new AgreedWords(3);
        agreed.decoded("quiero dos boletos", false);
        assertEquals("", agreed.decoded("quiero dos boletos para", false).stable());
        assertEquals(
                "quiero dos boletos", agreed.decoded("quiero dos boletos por", false).stable());
        assertEquals(
                "quiero dos boletos por",
                agreed.decoded("quiero dos boletos por favor", true).stable());
    }

    @Test
    void case_and_punctuation_are_no_difference() {
        var agreed = new AgreedWords(2);
        agreed.decoded("Hola. Buenos días", false);
        assertEquals("hola, buenos días,", agreed.decoded("hola, buenos días,", false).stable());
    }

    @Test
    void what_follows_a_word_that_is_contradicted_goes_on_behind_it() {
        var agreed = new AgreedWords(2);
        agreed.decoded("I want the", false);
        agreed.decoded("I want the blue", false);
        assertEquals(
                words("I want the", "blue one"), agreed.decoded("I won't the blue one", false));
        assertEquals(
                words("I want the blue one", "please"),
                agreed.decoded("I won't the blue one please", false));
    }

    /// By hand: the words of the first that the second does not begin with, each change once.
    @ParameterizedTest
    @CsvSource({
        "one two three, one two three four, 0",
        "one two three, 'One, two, three.', 0",
        "one two three, one too three four, 1",
        "one two three, one three four, 1",
        "I want it, I do not want it, 2",
        "one two three, '', 3",
        "one two three, something else, 3",
        "one two three, four five six seven eight nine, 3"
    })
    void contradicted_words_are_counted(String given, String last, int contradicted) {
        var agreed = new AgreedWords(2);
        agreed.decoded(given, false);
        agreed.decoded(given, false);
        assertEquals(contradicted, agreed.contradictedBy(last));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void whatever_is_decoded_stable_words_stay_and_nothing_else_is_given_out(int decodings) {
        long seed = 25;
        var random = new Random(seed);
        for (int utterance = 0; utterance < 2000; utterance++) {
            var agreed = new AgreedWords(decodings);
            List<String> decoded = new ArrayList<>();
            String before = "";
            for (int i = 0; i < 8; i++) {
                String text = unsteady(random, decoded.isEmpty() ? "" : decoded.getLast());
                decoded.add(text);
                AgreedWords.Words now = agreed.decoded(text, random.nextInt(4) == 0);
                String what = "seed " + seed + ", decoded " + decoded + ", told " + now;
                assertTrue((now.stable() + " ").startsWith(before), what);
                assertTrue(text.endsWith(now.tentative()), what);
                int stable = count(now.stable());
                assertEquals(stable, agreed.stable(), what);
                assertTrue(agreed.contradictedBy(text) <= stable, what);
                // A word is added to the stable ones only where the last two decodings agree on it.
                if (stable > count(before)) {
                    assertTrue(i > 0, what);
                    String added = now.stable().substring(now.stable().lastIndexOf(' ') + 1);
                    assertTrue((" " + text + " ").contains(" " + added + " "), what);
                    assertTrue((" " + decoded.get(i - 1) + " ").contains(" " + added + " "), what);
                }
                before = now.stable().isEmpty() ? "" : now.stable() + " ";
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void words_that_never_change_are_all_given_out_and_never_contradicted(int decodings) {
        var agreed = new AgreedWords(decodings);
        String said = "";
        for (int i = 0; i < 20; i++) {
            said = (said + " w" + i).strip();
            AgreedWords.Words now = agreed.decoded(said, false);
            assertEquals(said, (now.stable() + " " + now.tentative()).strip());
            assertEquals(Math.max(0, i + 2 - decodings), agreed.stable());
        }
        assertEquals(0, agreed.contradictedBy(said));
    }

    /// The decoding before, a few words longer, and here and there one changed.
    private static String unsteady(Random random, String before) {
        List<String> words = new ArrayList<>();
        for (String word : before.split(" ", -1)) {
            if (!word.isEmpty()) {
                words.add(random.nextInt(8) == 0 ? word(random) : word);
            }
        }
        for (int more = random.nextInt(4); more > 0; more--) {
            words.add(word(random));
        }
        if (random.nextInt(10) == 0 && !words.isEmpty()) {
            words.remove(random.nextInt(words.size()));
        }
        return String.join(" ", words);
    }

    private static String word(Random random) {
        return "" + (char) ('a' + random.nextInt(6));
    }

    private static int count(String text) {
        return text.isBlank() ? 0 : text.strip().split(" ", -1).length;
    }
}
