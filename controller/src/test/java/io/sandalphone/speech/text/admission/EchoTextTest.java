package io.sandalphone.speech.text.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Please hold the line, sir. | Please hold the line, sir. | true",
                "hold the where house door | Please hold the warehouse door. | true",
                "They owe me three hundred thousand pesos. | They owe me 300,000 pesos. | true",
                "Tuesday. | On Monday or on Tuesday? | false",
                "So the rent is nine hundred dollars. | So the rent is five hundred dollars. |"
                        + " false",
                "You can not eat before it. | You can eat before it. | false",
                "What is your zip code? It's 43215. | What is your zip code? | false",
            })
    void words_confirm_an_echo(String heard, String sent, boolean confirmed) {
        assertEquals(confirmed, EchoText.confirms(heard, sent, new Language("en")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                // the echo, whole, partial and mangled
                "El tren a Guadalajara sale mañana a las ocho de la noche. | ''",
                "el tren a guadalajara sale manana a las ocho de la noche | ''",
                "tren a Guadalajara sale mañana | ''",
                "el trec a guadalahara sale mañana a las ocho de la noche | ''",
                // their own words
                "espere un momento por favor | espere un momento por favor",
                "no | no",
                "mañana | mañana",
                "a las ocho | a las ocho",
                "El tren a Guadalajara sale mañana a las nueve de la noche. |"
                        + " El tren a Guadalajara sale mañana a las nueve de la noche.",
                "El tren a Guadalajara no sale mañana a las ocho. |"
                        + " El tren a Guadalajara no sale mañana a las ocho.",
                // both
                "el tren a Guadalajara sale mañana a las ocho de la noche. ¿Y cuánto cuesta? |"
                        + " ¿Y cuánto cuesta?",
                "Perdón, no le entendí, el tren a Guadalajara sale mañana |"
                        + " Perdón, no le entendí,",
                "quiero saber más el tren a guadalajara sale mañana y a qué hora llega |"
                        + " quiero saber más y a qué hora llega",
            })
    void what_is_no_echo_is_the_speakers_own(String heard, String own) {
        String sent = "El tren a Guadalajara sale mañana a las ocho de la noche";
        assertEquals(own, EchoText.own(heard, sent, new Language("es")));
    }

    @Test
    void long_texts_cost_bounded_work() {
        String heard = "una palabra ".repeat(20_000);
        assertEquals(heard, EchoText.own(heard, heard, new Language("es")));
    }
}
