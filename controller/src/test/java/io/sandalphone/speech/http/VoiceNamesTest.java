package io.sandalphone.speech.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.config.Section;
import io.sandalphone.speech.Language;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class VoiceNamesTest {
    private static VoiceNames read(ObjectNode voices) throws ConfigurationException {
        Section section = Section.root(voices);
        return section.finish(VoiceNames.read(section));
    }

    @Test
    void a_voice_of_the_region_comes_before_that_of_the_language() throws Exception {
        VoiceNames voices =
                read(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("es", "dora")
                                .put("es-MX", "María José"));
        assertEquals(Optional.of("María José"), voices.of(new Language("ES-mx")));
        assertEquals(Optional.of("dora"), voices.of(new Language("es-ES")));
        assertEquals(Optional.empty(), voices.of(new Language("en")));
    }

    @Test
    void what_is_no_language_or_no_name_is_a_mistake() {
        ObjectNode voices =
                JsonNodeFactory.instance.objectNode().put("spanish!", "dora").put("en", "{}");
        var mistakes = assertThrows(ConfigurationException.class, () -> read(voices));
        assertEquals(
                List.of("\"spanish!\"", "en"),
                mistakes.problems().stream().map(Problem::key).toList());
    }
}
