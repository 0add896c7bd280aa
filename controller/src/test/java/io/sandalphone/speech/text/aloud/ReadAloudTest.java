package io.sandalphone.speech.text.aloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadAloudTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en | Call 3055550133 now. | Call 3 0 5, 5 5 5, 0 1 3 3 now.",
                "es-MX | Marque +52 55 5501 0120. | Marque más 5 2, 5 5, 5 5 0 1, 0 1 2 0.",
                "es-MX | El código postal es 06700. | El código postal es 0 6 7 0 0.",
                "en | The code is K7B 29Q. | The code is K 7 B, 2 9 Q.",
                "es-MX | Estamos a -5 °C. | Estamos a menos 5 grados Celsius.",
                "es-MX | Mide 1 m. | Mide 1 metro.",
                "es-MX | Cuesta $1200.50 dólares. | Cuesta 1200 dólares con 50 centavos.",
                "en | It costs $1200.50. | It costs 1200 dollars and 50 cents.",
                "es-MX | Es la 3ª puerta. | Es la tercera puerta.",
                "es-MX | Es un tubo de 3/4 de pulgada. | Es un tubo de tres cuartos de pulgada.",
                "en | Add 1 1/2 cups. | Add 1 and a half cups.",
                "es-MX | El 1 de mayo no abrimos. | El primero de mayo no abrimos.",
                "es-MX | Es una casa del siglo XXI. | Es una casa del siglo 21.",
                "en | They come in 10 20 30 40. | They come in 10 20 30 40.",
                "es-MX | Hay de 40 30 20 10 5. | Hay de 40 30 20 10 5.",
                "es-MX | Marque 55 12 34 56 78. | Marque 5 5, 1 2, 3 4, 5 6, 7 8.",
                "en | We need 31000 chairs. | We need 31000 chairs.",
                "en | Once I saw him, we had a good time. | Once I saw him, we had a good time.",
                "fr | -5 et 06700 | -5 et 06700",
            })
    void what_a_voice_reads_wrong_is_written_out(String language, String text, String words) {
        assertEquals(words, ReadAloud.inWords(text, new Language(language)));
    }
}
