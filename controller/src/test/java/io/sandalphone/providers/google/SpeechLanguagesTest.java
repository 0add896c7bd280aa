package io.sandalphone.providers.google;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Optional;

class SpeechLanguagesTest {
    @ParameterizedTest
    @CsvSource({
        "en, en-US, en-US", "es, es-US, es-US", "es-MX, es-MX, es-US", "es-ES, es-ES, es-ES",
        "en-gb, en-GB, en-GB", "en-NZ, en-NZ, en-US", "ar, ar-EG, ar-XA", "ar-SA, ar-SA, ar-XA",
        "ja, ja-JP, ja-JP", "ja-JP, ja-JP, ja-JP", "pt-PT, pt-PT, pt-PT", "pt-AO, pt-BR, pt-BR",
        "zh, cmn-Hans-CN, cmn-CN", "he, iw-IL, he-IL", "nb, no-NO, nb-NO", "no, no-NO, nb-NO",
        "es-419, es-US, es-US"
    })
    void each_service_gets_a_language_as_it_calls_it(String tag, String heard, String spoken) {
        var language = new Language(tag);
        assertEquals(Optional.of(heard), SpeechLanguages.heard(language));
        assertEquals(Optional.of(spoken), SpeechLanguages.spoken(language));
    }

    @Test
    void what_they_do_not_know_is_nothing() {
        assertEquals(Optional.empty(), SpeechLanguages.heard(new Language("xx")));
        assertEquals(Optional.empty(), SpeechLanguages.spoken(new Language("xx")));
    }

    @ParameterizedTest
    @CsvSource({
        "es-US-Neural2-A, es-US",
        "cmn-CN-Wavenet-B, cmn-CN",
        "es-US-Chirp3-HD-Kore, es-US"
    })
    void the_name_of_a_voice_says_its_language(String voice, String language) {
        assertEquals(Optional.of(language), SpeechLanguages.ofVoice(voice));
        assertEquals(Optional.empty(), SpeechLanguages.ofVoice("Kore"));
    }
}
