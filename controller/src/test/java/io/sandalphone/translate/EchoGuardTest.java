package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class EchoGuardTest {
    private final EchoGuard guard = new EchoGuard();

    /// Voiced from 10.0 s to 13.0 s.
    private static final String VOICED = "El tren a Guadalajara sale mañana a las ocho de la noche";

    private void voiced() {
        guard.started(VOICED, 10_000).ended(13_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            emptyValue = "",
            value = {
                // the echo, whole, partial and mangled
                "10200 | 13200 | El tren a Guadalajara sale mañana a las ocho de la noche. | \"\"",
                "10200 | 13200 | el tren a guadalajara sale manana a las ocho de la noche | \"\"",
                "10600 | 13900 | el tren a guadalajara sale mañana a las ocho de la noche | \"\"",
                "9800  | 13200 | el tren a guadalajara sale mañana a las ocho de la noche | \"\"",
                "11000 | 12500 | guadalajara sale mañana | \"\"",
                "12500 | 13400 | de la noche | \"\"",
                "10200 | 13200 | el tres a guadalahara sale manana las ocho noche | \"\"",
                "10200 | 13200 | el tren guadalajara vale mañana otra las ocho de la coche | \"\"",
                "12800 | 13400 | noche | \"\"",
                "13100 | 13500 | noche | \"\"",
                // his own words
                "10200 | 11200 | espere un momento por favor | espere un momento por favor",
                "10200 | 10800 | no | no",
                "11000 | 12500 | sí, a las nueve | sí, a las nueve",
                "13300 | 14000 | a las ocho de la noche | a las ocho de la noche",
                "13400 | 13700 | noche | noche",
                "13900 | 16000 | el tren a Guadalajara sale mañana | el tren a Guadalajara sale"
                        + " mañana",
                "8000  | 9900  | el tren a Guadalajara sale mañana | el tren a Guadalajara sale"
                        + " mañana",
                // both
                "10200 | 15500 | sale mañana a las ocho de la noche. ¿Y cuánto cuesta? | ¿Y cuánto"
                        + " cuesta?",
                "10200 | 14500 | el tren a guadalajara sale mañana a las ocho de la noche no | no",
                "10200 | 13500 | el tren a guadalajara sale mañana a las ocho de la noche no |"
                        + " \"\"",
                "7000  | 13200 | Perdón, no le entendí, el tren a Guadalajara sale mañana | Perdón,"
                        + " no le entendí",
                "9000  | 13200 | bueno el tren a Guadalajara sale mañana | bueno",
                "10200 | 16000 | quiero saber más el tren a guadalajara sale mañana y a qué hora"
                        + " llega | quiero saber más y a qué hora llega",
            })
    void the_echo_is_dropped_and_his_own_words_get_through(
            long start, long end, String heard, String own) {
        voiced();
        assertEquals(own, guard.own(heard, start, end));
    }

    @Test
    void an_answer_with_the_same_word_gets_through_and_its_echo_does_not() {
        guard.started("Sí.", 10_000).ended(10_400);
        assertEquals("", guard.own("sí", 10_300, 10_700));
        assertEquals("sí", guard.own("sí", 10_700, 11_000));
    }

    @Test
    void the_end_of_one_phrase_is_not_that_of_another() {
        var first = guard.started("espere un momento por favor", 10_000);
        guard.started("buenos días señora", 10_200).ended(10_400);
        assertEquals("", guard.own("espere un momento", 12_000, 13_000));
        first.ended(13_000);
        assertEquals("espere un momento", guard.own("espere un momento", 14_000, 15_000));
    }

    @Test
    void what_still_sounds_echoes_as_well() {
        guard.started("espere un momento por favor", 10_000);
        assertEquals("", guard.own("espere un momento", 10_300, 11_000));
    }

    @Test
    void one_utterance_may_hold_the_echo_of_two_phrases() {
        guard.started("buenos días señora", 10_000).ended(11_000);
        guard.started("le habla el doctor", 11_200).ended(12_500);
        assertEquals("", guard.own("buenos días señora le habla el doctor", 10_200, 12_800));
    }

    @Test
    void nothing_was_voiced_so_nothing_is_an_echo() {
        assertEquals("hola", guard.own("hola", 0, 500));
        assertEquals("", guard.own("", 0, 500));
    }

    @Test
    void only_the_last_phrases_are_kept() {
        for (int i = 0; i < 1_000; i++) {
            guard.started("frase larga número " + i, i * 1_000L).ended(i * 1_000L + 900);
        }
        assertEquals("frase larga número 5", guard.own("frase larga número 5", 5_100, 6_000));
        assertEquals("", guard.own("frase larga número 999", 999_100, 1_000_000));
    }

    @Test
    void long_texts_cost_bounded_work() {
        guard.started("una palabra ".repeat(20_000), 0);
        String heard = "una palabra ".repeat(20_000);
        assertTrue(guard.own(heard, 100, 200).length() < heard.length());
    }

    private static final List<String> SAID =
            List.of(
                    "tren", "casa", "doctor", "mañana", "dinero", "calle", "hermana", "trabajo",
                    "lunes", "puerta", "noche", "ocho");
    private static final List<String> OWN =
            List.of(
                    "I", "think", "we", "should", "buy", "it", "maybe", "Friday", "with", "my",
                    "brother", "Zack");

    private static List<String> some(List<String> words, int count, Random random) {
        var some = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            some.add(words.get(random.nextInt(words.size())));
        }
        return some;
    }

    @RepeatedTest(20)
    void at_random_echoes_are_dropped_and_own_words_kept(RepetitionInfo info) {
        long seed = 20_261_121L + info.getCurrentRepetition();
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            var echoes = new EchoGuard();
            long start = random.nextInt(100_000);
            long end = start + 1_000 + random.nextInt(4_000);
            List<String> said = some(SAID, 4 + random.nextInt(10), random);
            echoes.started(String.join(" ", said), start).ended(end);

            long delay = random.nextInt(600);
            var echo = new ArrayList<>(said.subList(random.nextInt(2), said.size()));
            if (echo.size() > 4) {
                echo.set(1 + random.nextInt(echo.size() - 2), "xyzzy");
            }
            String back = String.join(" ", echo);
            assertEquals("", echoes.own(back, start + delay, end + delay), () -> "seed " + seed);

            String own = String.join(" ", some(OWN, 1 + random.nextInt(8), random));
            assertEquals(own, echoes.own(own, start + delay, end + delay), () -> "seed " + seed);

            String later = String.join(" ", some(OWN, 3 + random.nextInt(6), random));
            assertEquals(
                    later,
                    echoes.own(back + " " + later, start + delay, end + 3_000),
                    () -> "seed " + seed);
            assertEquals(back, echoes.own(back, end + 300, end + 2_000), () -> "seed " + seed);
        }
    }
}
