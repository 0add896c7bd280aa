package io.sandalphone.speech.text.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FillersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            emptyValue = "",
            value = {
                "en | um | \"\"",
                "en | Um, uh... | \"\"",
                "en | Mm-hm. | \"\"",
                "en | mm hmm | \"\"",
                "en | Uh-huh. | \"\"",
                "en | uh huh | \"\"",
                "en | Aha! | \"\"",
                "en | ummm | \"\"",
                "en | Mmm, hmm. | \"\"",
                "en | I, um, want a taxi. | I want a taxi.",
                "en | Um, we are late | We are late",
                "en | um we are late | we are late",
                "en | I want to, uh go | I want to go",
                "en | I came. Uh, he left. | I came. He left.",
                "en | It is late, um. | It is late.",
                "en | Is it late, uh? | Is it late?",
                "en | I am, uh, um, here | I am here",
                "en | Um... I think so | I think so",
                "en | I, er, think so | I think so",
                "en | he is in the ER now | he is in the ER now",
                "en | uh-uh | uh-uh",
                "en | yes | yes",
                "en | OK. | OK.",
                "en | Huh? | Huh?",
                "en | I like the humming, of the drum | I like the humming, of the drum",
                "es | eh | \"\"",
                "es | Ajá. | \"\"",
                "es | aja | \"\"",
                "es | Mmm... eh... | \"\"",
                "es | este… | \"\"",
                "es | Ehhh, no sé. | No sé.",
                "es | ¿Eh, qué dijo? | ¿Qué dijo?",
                "es | quiero, este, un taxi | quiero un taxi",
                "es | Este… no sé | No sé",
                "es | este taxi es caro | este taxi es caro",
                "es | Este, por favor. | Este, por favor.",
                "es | quiero este. | quiero este.",
                "en | No, um, one is enough. | No, one is enough.",
                "en | It is 10 mm wide | It is 10 mm wide",
                "en | flight AH 1001, um, to Dallas | flight AH 1001, to Dallas",
                "en | Er, Em called twice. | Em called twice.",
                "es | Mide 8 mm, eh, no, 10 mm. | Mide 8 mm, no, 10 mm.",
                "es | sí | sí",
                "es | Ok. | Ok.",
                "es | él ha comido | él ha comido",
                "es | Sí, eh, claro. | Sí, claro.",
                "fr | um | um",
            })
    void only_what_means_nothing_is_taken_out(String language, String said, String left) {
        assertEquals(left, Fillers.of(new Language(language)).outOf(said).text());
    }

    @Test
    void what_was_taken_out_is_counted() {
        assertEquals(
                new Fillers.Spoken("I am here", 2),
                Fillers.of(new Language("en-GB")).outOf("I, uh, am, um, here"));
        assertEquals(
                new Fillers.Spoken(" as  it is", 0),
                Fillers.of(new Language("en")).outOf(" as  it is"));
        assertEquals(new Fillers.Spoken("", 0), Fillers.of(new Language("en")).outOf(""));
    }
}
