package io.sandalphone.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackchannelsTest {
    @ParameterizedTest
    @CsvSource({
        "en,uh-huh,true", "en,'Yeah, okay.',true", "en,I see.,true", "en,stop,false", "en,no,false",
        "en,yes please wait,false", "en,yes but,false", "es,Sí.,true", "es,ajá,true",
                "es,espere,false",
        "es,yes,false", "ja,mm,true", "en,wait,false", "en,'okay, okay, okay, okay',false"
    })
    void tells_who_listens_from_who_wants_to_speak(String language, String text, boolean only) {
        assertEquals(only, Backchannels.only(text, new Language(language)));
    }
}
