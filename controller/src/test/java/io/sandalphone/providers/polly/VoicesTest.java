package io.sandalphone.providers.polly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Optional;

class VoicesTest {
    @ParameterizedTest
    @CsvSource({
        "en, Joanna",
        "en-US, Joanna",
        "en-GB, Amy",
        "en-IN, Joanna",
        "es, Lupe",
        "es-US, Lupe",
        "es-419, Lupe",
        "es-AR, Lupe",
        "es-MX, Mia",
        "ES-mx, Mia",
        "es-ES, Lucia",
    })
    void a_language_gets_the_voice_of_its_region_or_else_its_own(String language, String voice) {
        var voices = new Voices(Map.of(), PollyEngine.STANDARD);
        assertEquals(Optional.of(voice), voices.of(new Language(language)));
    }

    @Test
    void a_language_without_a_voice_is_not_spoken() {
        var voices = new Voices(Map.of(), PollyEngine.STANDARD);
        assertEquals(Optional.empty(), voices.of(new Language("fr")));
    }

    @ParameterizedTest
    @CsvSource({"es, Pedro", "es-MX, Pedro", "es-ES, Sergio", "en, Joanna", "fr-CA, Gabrielle"})
    void what_settings_name_goes_before_our_choice(String language, String voice) {
        var voices =
                new Voices(
                        Map.of(
                                new Language("es"), "Pedro",
                                new Language("es-ES"), "Sergio",
                                new Language("fr"), "Gabrielle"),
                        PollyEngine.NEURAL);
        assertEquals(Optional.of(voice), voices.of(new Language(language)));
    }

    @Test
    void our_choice_is_not_made_for_an_engine_whose_voices_are_not_known() {
        var voices = new Voices(Map.of(), PollyEngine.LONG_FORM);
        assertEquals(Optional.empty(), voices.of(new Language("en")));
    }

    @Test
    void a_voice_is_judged_by_what_is_known_of_it() {
        assertTrue(Voices.canUse("Pedro", PollyEngine.NEURAL));
        assertFalse(Voices.canUse("Pedro", PollyEngine.STANDARD));
        assertTrue(Voices.canUse("Nobody", PollyEngine.STANDARD));
        assertTrue(Voices.canSpeak("Mia", new Language("es-US")));
        assertFalse(Voices.canSpeak("Mia", new Language("en")));
    }
}
