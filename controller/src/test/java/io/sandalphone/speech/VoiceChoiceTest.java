package io.sandalphone.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.config.Section;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class VoiceChoiceTest {
    private static VoiceChoice read(String yaml) throws ConfigurationException {
        Section root = Section.root(ConfigTree.yaml("test", yaml));
        return root.finish(VoiceChoice.read(root, "voice"));
    }

    @Test
    void a_name_is_of_the_engine_that_is_asked_first_and_of_no_other() throws Exception {
        VoiceChoice voices = read("voice: af_bella+af_sky");
        assertEquals(Optional.of("af_bella+af_sky"), voices.of("openai"));
        assertEquals(Optional.empty(), voices.ofUnderstudies().of("offline"));
    }

    @Test
    void names_under_engines_are_of_each_wherever_it_stands() throws Exception {
        VoiceChoice voices = read("voice: {polly: Mia, offline: pico}");
        assertEquals(
                new VoiceChoice(Optional.empty(), Map.of("polly", "Mia", "offline", "pico")),
                voices);
        assertEquals(Optional.of("pico"), voices.ofUnderstudies().of("offline"));
        assertEquals(Optional.empty(), voices.of("google"));
    }

    @Test
    void none_is_whichever_the_engines_have() throws Exception {
        assertEquals(VoiceChoice.USUAL, read("voice: none"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "voice: 'a<b' | voice",
                "voice: [Mia] | voice",
                "voice: {polly: 'M\\\\ia'} | voice.polly",
                "voice: {polly: {es: Mia}} | voice.polly",
            })
    void what_can_be_no_name_is_a_mistake(String yaml, String key) {
        var refused = assertThrows(ConfigurationException.class, () -> read(yaml));
        assertEquals(List.of(key), refused.problems().stream().map(Problem::key).toList());
    }
}
