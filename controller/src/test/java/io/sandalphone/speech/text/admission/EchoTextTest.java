package io.sandalphone.speech.text.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;

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
            value = {
                "setenta | sesenta | true",
                "sesenta | sesenta | false",
                "El martes. | ¿Quiere venir el lunes o el martes? | false",
                "El jueves. | ¿Quiere venir el lunes o el martes? | true",
                "No quiero venir. | ¿Quiere venir? | true",
                "cuesta mil | Cuesta mil pesos al mes, más 50 de luz. | false",
            })
    void another_number_day_or_negation_is_no_echo(String heard, String sent, boolean differs) {
        assertEquals(differs, EchoText.differs(heard, sent, new Language("es")));
    }
}
