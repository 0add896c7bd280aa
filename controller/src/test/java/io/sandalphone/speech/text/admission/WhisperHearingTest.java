package io.sandalphone.speech.text.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.text.admission.WhisperHearing.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhisperHearingTest {
    private static Verdict of(String text, double seconds) {
        return new WhisperHearing(text, 0.05, -0.2).verdict(seconds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I'm sorry, that is not a valid extension. Please try again.",
                "No, no, no!",
                "Sí, sí, sí, sí.",
                "Very, very, very good, and you, and you?",
                "555 1234, 555 1234"
            })
    void what_people_say_is_believed(String text) {
        assertEquals(Verdict.CREDIBLE, of(text, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the number the number the number",
                "So I said that I would go there. I would go there. I would go there.",
                "y y y y y",
                "no lo sé, no lo sé, no lo sé, no lo sé"
            })
    void a_phrase_that_stands_there_again_and_again_is_not(String text) {
        assertEquals(Verdict.REPETITION, of(text, 10));
    }

    @Test
    void nobody_says_more_than_six_words_a_second() {
        String text = "this is far more than anybody could ever have said in it";
        assertEquals(Verdict.RATE, of(text, 1.9));
        assertEquals(Verdict.CREDIBLE, of(text, 2));
        // Of short ones the length is not known so well.
        assertEquals(Verdict.CREDIBLE, of("Yes, I do know that.", 0.5));
    }

    @Test
    void a_cry_is_no_word() {
        assertEquals(Verdict.NO_SPEECH, of("Ahhhhhhhhhh!", 2));
        assertEquals(Verdict.CREDIBLE, of("Hmmm, noo.", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"¡¡¡¡¡", "...", ". . ."})
    void marks_without_a_word_are_not_said(String text) {
        assertEquals(Verdict.NO_SPEECH, new WhisperHearing(text, 0.1, -0.07).verdict(4));
    }

    /// Measured: speech first, then silence, noise, tones, coughs and steps.
    @ParameterizedTest
    @CsvSource({
        "0.25, -0.30, CREDIBLE",
        "0.05, -0.46, CREDIBLE",
        "0.70, -0.40, CREDIBLE",
        "0.05, -1.05, CREDIBLE",
        "0.10, -1.25, NO_SPEECH",
        "0.50, -0.70, NO_SPEECH",
        "0.91, -1.87, NO_SPEECH",
        "0.69, -1.79, NO_SPEECH",
        "0.68, -1.10, NO_SPEECH",
        "0.10, -1.60, NO_SPEECH"
    })
    void what_was_written_into_sounds_that_are_no_speech_is_not_believed(
            double noSpeech, double logProbability, Verdict verdict) {
        assertEquals(verdict, new WhisperHearing("you", noSpeech, logProbability).verdict(2));
    }

    /// Measured: what people said, of which Whisper was not sure; then what it made of coughs, laughter and noise.
    @ParameterizedTest
    @CsvSource({
        "0.523, -0.635, '¿En qué carpeta de ese guardar el mensaje?', CREDIBLE",
        "0.426, -0.953, 'Marking El Astarismo Para Anular', CREDIBLE",
        "0.429, -0.715, 'Ponte de señas incorrecta, por favor intenta y de nuevo.', CREDIBLE",
        "0.429, -0.715, 'Thank you for watching!', NO_SPEECH",
        "0.429, -0.715, 'Ha ha ha!', NO_SPEECH",
        "0.425, -0.894, 'Jaja, jaja, jaja.', NO_SPEECH",
        "0.557, -0.603, 'Ah, ah, eh, eh, ah, ah...', NO_SPEECH",
        "0.669, -2.282, 'y ahora vamos a hacer un poco de la gente.', NO_SPEECH",
        "0.429, -1.090, 'five words of no speech', NO_SPEECH"
    })
    void a_sentence_is_believed_from_a_lower_confidence_on_than_a_phrase(
            double noSpeech, double logProbability, String text, Verdict verdict) {
        assertEquals(verdict, new WhisperHearing(text, noSpeech, logProbability).verdict(4));
    }

    @Test
    void no_words_are_no_fault() {
        assertEquals(Verdict.CREDIBLE, new WhisperHearing("", 0.9, 0).verdict(2));
    }

    @ParameterizedTest
    @CsvSource({
        "' Hello.', Hello.",
        "'[Music]', ''",
        "' (sighs) Well,  then', 'Well, then'",
        "'*ring* ♪', ''"
    })
    void sounds_in_brackets_are_no_words(String written, String words) {
        assertEquals(words, WhisperHearing.plain(written));
    }
}
