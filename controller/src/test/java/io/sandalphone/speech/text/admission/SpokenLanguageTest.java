package io.sandalphone.speech.text.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.text.admission.SpokenLanguage.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class SpokenLanguageTest {
    private static final Language EN = new Language("en-US");
    private static final Language ES = new Language("es-MX");

    private static Verdict unheard(Language expected, Language listener, String text) {
        return SpokenLanguage.judge(expected, listener, Optional.empty(), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Quiero hablar con el doctor",
                "¿Dónde está el baño?",
                "no sé qué decir",
                "Sí, está bien, gracias",
                "mañana voy a la oficina",
                "necesito una cita para hoy",
                "Tengo 3 hijos y dos perros",
                "¿Cuánto cuesta el boleto a Guadalajara?",
                "mi hermana vive aquí",
                "le llamo después porque estoy ocupado",
                "el doctor no puede venir hoy",
                "La señora García está en su casa",
                "todo está muy bien",
                "por favor hable más despacio",
                "Ya no hay nada que hacer",
                "¿Me puede ayudar con esto?",
                "Buenos días, ¿cómo está usted?",
                "el número es el 555 12 34 y no contesta, gracias",
            })
    void spanish_is_left_to_a_listener_of_spanish_and_translated_for_one_of_english(String text) {
        assertEquals(Verdict.LEAVE, unheard(EN, ES, text));
        assertEquals(Verdict.TRANSLATE, unheard(ES, EN, text));
        assertEquals(
                Verdict.TRANSLATE, SpokenLanguage.judge(ES, EN, Optional.of(EN), text), "misheard");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I want to speak with the doctor",
                "where is the bathroom",
                "I don't know what to say",
                "Yes, that's fine, thank you",
                "we are going to the office tomorrow",
                "I need an appointment for today",
                "my sister lives here",
                "she can't come because she is sick",
                "could you please speak more slowly",
                "how much is the ticket to Guadalajara",
                "It's the 3rd of May",
                "they have two dogs",
                "the doctor will call you back",
                "I’m in Los Angeles with María",
                "What is your name?",
                "you should have called him",
                "el weekend I was in Puerto Vallarta",
            })
    void english_is_left_to_a_listener_of_english_and_translated_for_one_of_spanish(String text) {
        assertEquals(Verdict.LEAVE, unheard(ES, EN, text));
        assertEquals(Verdict.TRANSLATE, unheard(EN, ES, text));
        assertEquals(
                Verdict.TRANSLATE, SpokenLanguage.judge(EN, ES, Optional.of(ES), text), "misheard");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no",
                "sí",
                "yes",
                "ok",
                "doctor",
                "555 1234 567",
                "Juan de la Cruz",
                "María del Carmen de los Santos",
                "The Lord of the Rings",
                "Los Angeles California",
                "Sandalphone Acme Guadalajara",
                "john@example.com",
                "hotel central",
                "gracias amigo",
                "thank you",
                "I need una cita para mañana",
                "quiero hablar with the manager please",
                "so I told him que no puedo",
                "pero I don't know",
                "and then me dijo que sí",
                "vamos to the mall",
                "you know, es que no hay",
                "no no no",
                "a b c d e f",
                "hospital general regional",
                "je ne sais pas quoi faire",
            })
    void short_mixed_and_telling_nothing_is_translated(String text) {
        assertEquals(Verdict.TRANSLATE, unheard(EN, ES, text));
        assertEquals(Verdict.TRANSLATE, unheard(ES, EN, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "doctor", "Juan de la Cruz", "vamos to the mall", "555 1234"})
    void what_only_the_recognizer_noticed_is_in_doubt(String text) {
        assertEquals(
                Verdict.TRANSLATE,
                SpokenLanguage.judge(EN, ES, Optional.of(new Language("es")), text));
        assertEquals(
                Verdict.TRANSLATE,
                SpokenLanguage.judge(EN, ES, Optional.of(new Language("en")), text));
        assertEquals(
                Verdict.TRANSLATE,
                SpokenLanguage.judge(EN, ES, Optional.of(new Language("fr")), text));
    }

    @Test
    void two_who_speak_the_same_need_no_translation() {
        assertEquals(Verdict.LEAVE, unheard(ES, new Language("es-AR"), "I want to go"));
    }

    @Test
    void languages_without_words_are_always_translated() {
        assertEquals(
                Verdict.TRANSLATE,
                unheard(EN, new Language("fr"), "je ne sais pas quoi faire avec cela"));
    }

    @ParameterizedTest
    @CsvSource({
        "Maria Lopez., maria López, false",
        "Maria Lopez., Maria Lopez, false",
        "'wee, wff, wee, wff', Wee wff wee wff., true",
        "hotel, Hotel., false",
        "I don't know it, I don’t know it, true",
        "one more, uno más, false",
        "555 0100, 555 0100, false",
        "Room 12., Room 12., false",
    })
    void a_translation_that_is_what_was_said_is_known(
            String said, String translated, boolean unchanged) {
        assertEquals(unchanged, SpokenLanguage.unchanged(said, translated));
    }
}
