package io.sandalphone.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Map;

class OperatorCommandsTest {
    @Test
    void in_a_checkout_they_are_scripts() {
        assertEquals("scripts/models", OperatorCommands.named("models", Map.of()));
    }

    @Test
    void the_package_has_names_of_its_own() {
        assertEquals(
                "sandalphone-models",
                OperatorCommands.named("models", Map.of("SANDALPHONE_COMMANDS", "sandalphone-")));
    }
}
