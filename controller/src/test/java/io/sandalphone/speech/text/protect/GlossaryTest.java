package io.sandalphone.speech.text.protect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Section;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class GlossaryTest {
    private static final Language EN = new Language("en");
    private static final Language ES = new Language("es");

    private static Glossary read(String yaml) throws Exception {
        Section root =
                Section.root((ObjectNode) new ObjectMapper(new YAMLFactory()).readTree(yaml));
        return root.finish(Glossary.read(root));
    }

    @Test
    void it_is_read_from_its_section() throws Exception {
        var glossary =
                read(
                        """
                        keep: ["Sandalphone", "Acme"]
                        terms:
                          en:
                            es:
                              boiler: caldera
                              "form 1040": "formulario 1040"
                          es:
                            en:
                              luz: power
                        """);
        assertEquals(
                new Glossary(
                        List.of("Sandalphone", "Acme"),
                        List.of(
                                new Glossary.Term(EN, ES, "boiler", "caldera"),
                                new Glossary.Term(EN, ES, "form 1040", "formulario 1040"),
                                new Glossary.Term(ES, EN, "luz", "power"))),
                glossary);
        assertEquals(Glossary.EMPTY, read("{keep: [], terms: {}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{keep: [\"…\"], terms: {}}",
                "{keep: [], terms: {es-MX: {en: {luz: power}}}}",
                "{keep: [], terms: {en: {english: {a: b}}}}",
                "{keep: [], terms: {en: {en: {a: b}}}}",
                "{keep: [], terms: {en: {es: {a: \"\"}}}}",
                "{keep: [], terms: {en: {es: {a: [b]}}}}",
                "{keep: [], terms: {en: {es: [a, b]}}}",
                "{keep: [], terms: {en: boiler}}",
                "{keep: [], terms: [boiler]}",
                "{keep: Acme, terms: {}}",
                "{keep: []}"
            })
    void what_is_no_glossary_is_refused(String yaml) {
        assertThrows(ConfigurationException.class, () -> read(yaml));
    }

    @Test
    void a_mistake_is_named_by_its_key() {
        var mistake =
                assertThrows(
                        ConfigurationException.class,
                        () -> read("{keep: [], terms: {en: {es: {boiler: \"-\"}}}}"));
        assertTrue(
                String.valueOf(mistake.getMessage()).contains("terms.en.es.boiler"),
                mistake::getMessage);
    }

    @Test
    void recognizers_learn_names_first_and_the_terms_of_their_language() {
        var glossary =
                new Glossary(
                        List.of("Acme"),
                        List.of(
                                new Glossary.Term(EN, ES, "boiler", "caldera"),
                                new Glossary.Term(ES, EN, "caldera", "boiler"),
                                new Glossary.Term(ES, EN, "luz", "power")));
        assertEquals(List.of("Acme", "boiler", "power"), glossary.keyTerms(new Language("en-GB")));
        assertEquals(List.of("Acme", "caldera", "luz"), glossary.keyTerms(ES));
        assertEquals(List.of("Acme"), glossary.keyTerms(new Language("fr")));
    }
}
