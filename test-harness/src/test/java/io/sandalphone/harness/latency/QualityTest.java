package io.sandalphone.harness.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.latency.EvaluationSet.Keep;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Locale;

class QualityTest {
    private static final Language SPANISH = new Language("es");

    @Test
    void the_same_words_score_a_hundred_and_others_nothing() {
        assertEquals(100, Chrf.score("¿Ya me oye?", "ya me oye"), 1e-9);
        assertEquals(0, Chrf.score("bbb", "aaa"), 1e-9);
        double near = Chrf.score("el paquete llegó", "el paquete ya llegó");
        assertTrue(near > 50 && near < 100, "" + near);
        assertEquals(0, Chrf.score("", "aaa"), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({
        "number, twenty five, veinticinco, tiene 25, 1",
        "number, twenty five, veinticinco, tiene 20, 0",
        "name, Dana, Dana, le habla dana, 1",
        "negation, not, no, nunca viene, 1",
        "negation, not, no, ya viene, 0",
    })
    void what_is_kept_is_found_however_it_is_written(
            String type, String source, String target, String translation, int kept) {
        var keep = new Keep(Keep.Type.valueOf(type.toUpperCase(Locale.ROOT)), source, target);

        assertEquals(kept, Kept.count(List.of(keep), translation, SPANISH));
    }
}
