package io.sandalphone.speech.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.TranscriptEvent.Word;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

class ClausePolicyTest {
    private static final Pattern PAUSE = Pattern.compile("\\((\\d+)\\)");

    private static ClausePolicy policy(String language, Cuts cuts) {
        return new ClausePolicy(unhurried(new Language(language)), cuts);
    }

    /// The rules of `language`, but for clauses up to 70 characters or 4 s: the words here are spoken slowly.
    static ClauseRules unhurried(Language language) {
        ClauseRules rules = ClauseRules.of(language).orElseThrow();
        return new ClauseRules(
                rules.commaWords(),
                rules.conjunctionWords(),
                rules.pauseWords(),
                rules.pauseMillis(),
                rules.endPauseMillis(),
                new ClauseRules.Length(50, 3000),
                new ClauseRules.Length(70, 4000),
                rules.conjunctions(),
                rules.neverAfter(),
                rules.mayEnd(),
                rules.neverBefore(),
                rules.numbers(),
                rules.growingNumbers(),
                rules.digitNouns(),
                rules.numberJoints(),
                rules.months(),
                rules.addressWords(),
                rules.abbreviations());
    }

    private static ClausePolicy policy(String language) {
        return policy(language, (_, _) -> true);
    }

    /// Words of 300 ms; `(400)` is a pause of so many milliseconds.
    static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        long now = 0;
        for (String word : text.split(" ", -1)) {
            Matcher pause = PAUSE.matcher(word);
            if (pause.matches()) {
                now += samples(Long.parseLong(pause.group(1)));
            } else {
                words.add(new Word(word, now, now + samples(300)));
                now += samples(300);
            }
        }
        return words;
    }

    private static long samples(long millis) {
        return millis * AudioFrame.TELEPHONE_RATE / 1000;
    }

    /// Words of which none will change, behind which they go on.
    private static OpenWords settled(List<Word> words) {
        return new OpenWords(words, words.size(), false, false);
    }

    /// Where each clause ends, `|`, when the words come one by one; what is open at the end stands behind the last one.
    private static String cut(ClausePolicy policy, String text) {
        List<Word> all = words(text);
        List<Word> open = new ArrayList<>();
        var cut = new StringBuilder();
        for (Word word : all) {
            open.add(word);
            OptionalInt clause = policy.clause(settled(open));
            if (clause.isPresent()) {
                cut.append(ClausePolicy.text(open.subList(0, clause.getAsInt()))).append(" | ");
                open = new ArrayList<>(open.subList(clause.getAsInt(), open.size()));
            }
        }
        return cut.append(ClausePolicy.text(open)).toString().strip();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // A sentence's end is one, however short.
                "yes. i can; yes. | i can",
                "Good morning. How are you? I am calling about; Good morning. | How are you? | I am"
                        + " calling about",
                // Its mark may belong to an abbreviation, or to a number.
                "i saw dr. miller; i saw dr. miller",
                "it costs 3. 50 now; it costs 3. 50 now",
                // A comma needs five words before it.
                "no, thank you; no, thank you",
                "if the car is ready, i can; if the car is ready, | i can",
                // So does a conjunction.
                "i called the office yesterday and nobody answered; i called the office yesterday |"
                        + " and nobody answered",
                "bread and butter; bread and butter",
                // Behind a word that leans on the next one there is none.
                "i would like to speak with and talk; i would like to speak with and talk",
                "the doctor who called me was (500) very kind; the doctor who called me was very"
                        + " kind",
                "i told him that i did not (800) want it; i told him that i did not want it",
                // A pause of 200 ms ends one of four words.
                "my mother is sick (400) she needs help; my mother is sick | she needs help",
                "my mother is sick (180) she needs help; my mother is sick she needs help",
                "my mother (900) is sick; my mother is sick",
                // A number may go on behind a pause, and behind "and".
                "my number is five five (900) five zero; my number is five five five zero",
                "he paid me one hundred (600) and five dollars; he paid me one hundred and five"
                        + " dollars",
                "the rent is nine hundred but i paid; the rent is nine hundred | but i paid",
                // What belongs to the words before it begins none.
                "she was born there twenty (400) years ago today; she was born there twenty years"
                        + " ago today",
                "i don't want that one (400) either she said; i don't want that one either she"
                        + " said",
                // What is spelled, dates and addresses go on behind a pause, and have no best place
                // either.
                "my last name is s (300) m i t h; my last name is s m i t h",
                "we go there in january (300) fifth; we go there in january fifth",
                "please call five five five (300) oh one nine nine (300) two three four five six"
                        + " seven; please call | five five five oh one nine nine two three four"
                        + " five six seven",
                "you can write to john (300) at gmail (300) dot com; you can write to john at"
                        + " gmail dot com",
            })
    void english(String text, String cut) {
        assertEquals(cut, cut(policy("en"), text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sí. claro; sí. | claro",
                "¿Cómo está? Muy bien; ¿Cómo está? | Muy bien",
                "llamé ayer a la oficina y nadie contestó; llamé ayer a la oficina | y nadie"
                        + " contestó",
                "el sr. gómez no está; el sr. gómez no está",
                "mi mamá está muy enferma (400) necesita ayuda; mi mamá está muy enferma | necesita"
                        + " ayuda",
                "son treinta (700) y cinco pesos; son treinta y cinco pesos",
                "me dijo que ya no (600) lo quiere; me dijo que ya no lo quiere",
                "el pan y la leche; el pan y la leche",
                "no vino el lunes pasado sino el martes; no vino el lunes pasado | sino el martes",
            })
    void spanish(String text, String cut) {
        assertEquals(cut, cut(policy("es"), text));
    }

    @Test
    void nothing_that_must_stay_whole_is_parted() {
        String text = "we live in an old house and we like it";

        assertEquals("we live in an old house | and we like it", cut(policy("en"), text));
        assertEquals(
                text,
                cut(policy("en", (all, index) -> !all.substring(index).startsWith(" and")), text));
    }

    @Test
    void a_speaker_who_never_pauses_is_cut_at_the_longest_silence() {
        String many = "people came there ".repeat(20).strip();
        List<Word> words = words(many);

        OptionalInt cut = policy("en").clause(settled(words));

        assertTrue(cut.isPresent());
        assertTrue(cut.getAsInt() < words.size());
    }

    @Test
    void what_is_one_piece_from_end_to_end_waits() {
        assertEquals(
                OptionalInt.empty(),
                policy("en", (_, _) -> false).clause(settled(words("one ".repeat(80).strip()))));
    }

    @Test
    void a_language_without_rules_has_none() {
        assertTrue(ClauseRules.of(new Language("fr")).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "en; where is the nearest hospital; 300",
                "en; thank you; 300",
                "en; no; 300",
                "en; i would like to; -1",
                "en; call me at; -1",
                "en; my number is five five five; 600",
                "en; it is spelled b e; 600",
                "en; apartment 12; 600",
                "en; number twelve; 600",
                "en; she is twenty; 600",
                "en; two hundred and; -1",
                "en; he has a fever of 102; 450",
                "en; a table for four; 450",
                "en; we came in march; 600",
                "es; dónde está el hospital; 300",
                "es; no quiero más; 300",
                "es; voy a la; -1",
                "es; son veinte; 600",
                "es; una mesa para cuatro; 450",
                "es; el código es 4; 600",
            })
    void at_a_pause_ends_whatever_does_not_plainly_go_on(String language, String said, int after) {
        ClausePolicy policy = policy(language);
        assertFalse(policy.endsAtPause(words(said), after - 20));
        assertEquals(after > 0, policy.endsAtPause(words(said), after > 0 ? after : 10_000));
    }

    /// The first clause of words of which the last `open` may still change; empty where there is none.
    private static String first(String text, int open, boolean followed, boolean paused) {
        List<Word> words = words(text);
        OptionalInt clause =
                policy("en").clause(new OpenWords(words, words.size() - open, followed, paused));
        return ClausePolicy.text(words.subList(0, clause.orElse(0)));
    }

    @Test
    void what_follows_on_other_words_is_a_clause_once_it_is_long_enough_wherever_nothing_leans() {
        String said = "she told me yesterday morning before nine that nobody";

        assertEquals("", first(said, 0, false, false));
        assertEquals("", first(said + " called", 0, false, false));
        assertEquals(said, first(said + " called", 0, true, false));
        assertEquals("", first(said + " of", 0, true, false), "which leans on that");
        assertEquals("", first(said, 0, true, false), "the last word is held back");
    }

    @Test
    void a_word_that_may_change_shows_where_a_clause_ends_unless_it_may_come_to_lean() {
        String said = "i called the office yesterday";

        assertEquals(said, first(said + " and", 1, false, false));
        assertEquals("", first(said + " nobody", 1, false, false));
        assertEquals("", first(said + " and", 1, false, true), "they have paused");
        assertEquals("", first("i was there when it was ten and", 1, false, false), "a number");
        String longer = "she told me yesterday morning before nine that nobody";
        assertEquals(longer, first(longer + " called", 1, true, false));
        assertEquals("", first(longer + " do", 1, true, false), "perhaps dollars");
        assertEquals("", first(longer + " a", 1, true, false), "perhaps at, of an address");
    }
}
