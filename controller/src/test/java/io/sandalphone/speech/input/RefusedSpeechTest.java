package io.sandalphone.speech.input;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RefusedSpeechTest {
    private final RefusedSpeech speech = new RefusedSpeech();

    @Test
    void what_is_of_a_refused_utterance_alone_is_no_speech() {
        speech.started(0);
        speech.ended(1000, false);
        speech.started(2000);
        speech.ended(3000, true);
        assertFalse(speech.covers(0, 900));
        assertTrue(speech.covers(2100, 2900));
        assertFalse(speech.covers(900, 2500), "a word of the one before is in it");
        assertFalse(speech.covers(4000, 5000), "heard by the engine alone");
    }

    @Test
    void what_reaches_into_an_utterance_that_goes_on_is_speech() {
        speech.started(2000);
        speech.ended(3000, true);
        speech.started(3500);
        assertTrue(speech.covers(2500, 3400));
        assertFalse(speech.covers(2500, 3600));
    }
}
