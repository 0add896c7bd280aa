package io.sandalphone.harness.voices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.stream.Stream;

class MisheardTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    en | on Thursday at half past two | On Thursday, at 2:30.
                    en | the flight leaves at seven fifteen | The flight leaves at 7.15
                    en | at seven fifteen | at 715
                    en | until six o'clock | until 6 o'clock
                    en | it is six o'clock | It is 6:00.
                    en | that will be twelve dollars and fifty cents | That will be $12.50.
                    en | ninety dollars a night | $90 a night
                    en | eight hundred and fifty dollars a month | $850 a month
                    en | eight hundred fifty dollars | 850 dollars
                    en | Monday the sixteenth | Monday the 16th
                    en | on the third floor | on the 3rd floor
                    en | twenty five chairs | Twenty-five chairs
                    en | the number is five five five zero one four two | The number is 555-0142.
                    en | five percent | 5%
                    en | I am sorry doctor | I'm sorry, Dr.
                    es | a las dos y media | A las 2:30.
                    es | a las siete y cuarto | a las 7.15
                    es | el lunes dieciséis | El lunes 16
                    es | ochocientos cincuenta dólares | $850
                    es | doce dólares con cincuenta centavos | 12 dólares con 50 centavos
                    es | doce dólares con cincuenta centavos | $12.50
                    es | veintiuna personas | 21 personas
                    es | treinta y dos sillas | 32 sillas
                    es | el tercer piso | el 3er piso
                    es | ¿Qué autobús va más tarde? | que autobús va mas tarde
                    """)
    void what_is_written_in_digits_is_right_when_it_is_said_so(
            String language, String said, String heard) {
        assertEquals(0, Misheard.count(language, said, heard).wrong());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    en | on Thursday at half past two | On Thursday at 3:30. | 1
                    en | ninety dollars a night | $19 a night | 1
                    en | the third floor | the 4th floor | 1
                    en | good morning | | 2
                    en | good morning | a very good morning | 2
                    es | son doce dólares | son 2 dólares | 1
                    es | esta casa | está casa | 1
                    es | el paquete llega mañana | el paquete llegó mañana | 1
                    """)
    void what_is_wrong_is_counted(String language, String said, String heard, int wrong) {
        assertEquals(wrong, Misheard.count(language, said, heard == null ? "" : heard).wrong());
    }

    @Test
    void sentences_have_their_numbers_in_words_and_are_forty_of_each_language() {
        for (Talk talk : List.of(Talk.ENGLISH, Talk.SPANISH)) {
            assertEquals(40, talk.sentences().stream().distinct().count());
            assertTrue(
                    talk.sentences().stream().noneMatch(sentence -> sentence.matches(".*\\d.*")));
            assertEquals(6, talk.six().split(" ").length);
        }
    }

    @Test
    void numbers_are_said_as_people_say_them() {
        assertEquals(
                "one hundred five thousand two hundred thirty one",
                SpokenNumber.ENGLISH.cardinals(105_231).iterator().next());
        assertEquals(
                "ciento cinco mil doscientos treinta y uno",
                SpokenNumber.SPANISH.cardinals(105_231).iterator().next());
        assertTrue(SpokenNumber.ENGLISH.cardinals(1984).contains("nineteen eighty four"));
        assertEquals(
                Stream.of("twentieth", "twenty first", "thirty second").toList(),
                Stream.of(20, 21, 32)
                        .map(number -> SpokenNumber.ENGLISH.ordinals(number).iterator().next())
                        .toList());
    }
}
