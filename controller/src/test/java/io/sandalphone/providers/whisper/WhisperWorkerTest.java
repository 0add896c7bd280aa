package io.sandalphone.providers.whisper;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.providers.whisper.WhisperLibrary.Search;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhisperWorkerTest {
    @ParameterizedTest
    @CsvSource({
        "0.3, 256",
        "4.4, 256",
        "4.5, 512",
        "9.6, 512",
        "9.7, 768",
        "12.2, 768",
        "29.4, 1500"
    })
    void the_context_is_the_next_multiple_of_256_above_the_sound(double seconds, int context) {
        assertEquals(context, WhisperWorker.context(seconds));
    }

    @Test
    void only_what_may_become_an_answer_in_another_language_than_english_is_worth_more_time() {
        var agreed = new AgreedWords(3);
        assertEquals(Search.BEAM, WhisperWorker.search(finished("es", agreed)));
        assertEquals(Search.GREEDY, WhisperWorker.search(finished("en", agreed)));
        assertEquals(Search.BEAM, WhisperWorker.search(growing("es", true)));
        assertEquals(Search.GREEDY, WhisperWorker.search(growing("es", false)));
        assertEquals(Search.GREEDY, WhisperWorker.search(growing("en", true)));
    }

    private static UtteranceQueue.Finished finished(String language, AgreedWords agreed) {
        return new UtteranceQueue.Finished(1, new short[8000], 8000, language, agreed);
    }

    private static UtteranceQueue.Growing growing(String language, boolean pause) {
        return new UtteranceQueue.Growing(
                1, new short[8000], pause, new GrowingUtterance(language));
    }
}
