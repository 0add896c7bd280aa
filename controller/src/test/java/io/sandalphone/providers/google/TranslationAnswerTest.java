package io.sandalphone.providers.google;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.json.OddJson;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Random;

class TranslationAnswerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SEEDS = 2_000;

    /// As Google documents them, of each edition, without and with a glossary.
    private static final List<String> DOCUMENTED =
            List.of(
                    """
                    {"data":{"translations":[{"translatedText":"Nos vemos el lunes.",
                     "detectedSourceLanguage":"en","model":"nmt"}]}}
                    """,
                    """
                    {"translations":[{"translatedText":"Nos vemos el lunes.",
                     "detectedLanguageCode":"en",
                     "model":"projects/123/locations/us-central1/models/general/nmt"}]}
                    """,
                    """
                    {"translations":[{"translatedText":"Otra cosa.","model":"m"}],
                     "glossaryTranslations":[{"translatedText":"Nos vemos el lunes.","model":"m",
                      "glossaryConfig":{"glossary":"g","ignoreCase":true}}]}
                    """);

    @Test
    void an_answer_as_documented_lacks_nothing_and_a_glossary_decides() throws Exception {
        for (String documented : DOCUMENTED) {
            TranslationAnswer answer = TranslationAnswer.parse(documented);
            assertEquals(Optional.of("Nos vemos el lunes."), answer.text());
            assertEquals(false, answer.incomplete());
        }
    }

    @Test
    void what_is_read_is_what_google_documents() throws Exception {
        TranslationAnswer answer = TranslationAnswer.parse(DOCUMENTED.getLast());
        assertEquals(answer, TranslationAnswer.parse(answer.asDocumented()));
    }

    @Test
    void whatever_is_odd_about_an_answer_the_translation_in_it_is_found() throws Exception {
        long first = new Random().nextLong();
        for (long seed = first; seed < first + SEEDS; seed++) {
            var random = new Random(seed);
            JsonNode answer = JSON.readTree(DOCUMENTED.get(random.nextInt(DOCUMENTED.size())));
            distort(answer, random);
            assertEquals(
                    Optional.of("Nos vemos el lunes."),
                    TranslationAnswer.parse(answer.toString()).text(),
                    "seed " + seed + ": " + answer);
        }
    }

    /// Distorts whatever is no translation, and no way to one.
    private static void distort(JsonNode part, Random random) {
        part.forEach(inner -> distort(inner, random));
        if (part instanceof ObjectNode object) {
            for (String name : OddJson.names(object)) {
                boolean needed = !object.path(name).findValuesAsText("translatedText").isEmpty();
                if (!needed && !name.equals("translatedText") && random.nextBoolean()) {
                    OddJson.distort(object, name, random);
                }
            }
            object.put("unknown", random.nextInt());
        }
    }
}
