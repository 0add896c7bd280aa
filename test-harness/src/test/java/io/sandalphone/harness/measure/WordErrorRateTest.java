package io.sandalphone.harness.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordErrorRateTest {
    @ParameterizedTest
    @CsvSource({
        "please try again, Please try again!, 0",
        "please try again, police try again, 0.3333",
        "please try again, please again, 0.3333",
        "please try again, please do try again, 0.3333",
        "please try again, '', 1",
        "hello, good day to you, 4"
    })
    void each_word_replaced_added_or_left_out_is_one_error(
            String known, String recognized, double expected) {
        assertEquals(expected, WordErrorRate.of(known, recognized), 1e-4);
    }
}
