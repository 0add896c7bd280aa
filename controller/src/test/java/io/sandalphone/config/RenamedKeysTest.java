package io.sandalphone.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Optional;

class RenamedKeysTest {
    static List<RenamedKeys.Renamed> all() {
        return RenamedKeys.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_new_name_is_a_key_with_a_default_and_the_old_one_is_not(RenamedKeys.Renamed renamed) {
        String section = renamed.section().replace("routes.*", "route-defaults").replace('.', '/');
        JsonNode defaults = ConfigTree.defaults().at("/" + section);
        String newName = renamed.newName();
        // One that moved is named with its section.
        boolean there =
                newName.contains(".")
                        ? !ConfigTree.defaults().at("/" + newName.replace('.', '/')).isMissingNode()
                        : defaults.has(newName);
        assertTrue(there, () -> "no such key: " + renamed);
        assertFalse(defaults.has(renamed.oldName()), () -> "still a key: " + renamed);
    }

    @ParameterizedTest
    @CsvSource({
        "shutdown.drain, drain-timeout",
        "routes.\"*\".ring, ring-timeout",
        "routes.\"+15551230001\".ring, ring-timeout",
        "routes.15551230001.ring, ring-timeout",
        "routes.ring, ",
        "ring, ",
        "engines.polly.first-audio-timeout, ",
    })
    void a_key_is_known_by_its_whole_path(String path, String newName) {
        assertEquals(Optional.ofNullable(newName), RenamedKeys.newName(path));
    }
}
