package io.sandalphone.harness.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import picocli.CommandLine;

class ProvidersTest {
    @ParameterizedTest
    @EnumSource
    void they_are_asked_for_by_the_name_they_are_shown_by(Providers providers) {
        assertEquals(providers, Providers.of(providers.toString()));
    }

    @Test
    void an_unknown_name_is_answered_with_the_known_ones() {
        var refused =
                assertThrows(
                        CommandLine.TypeConversionException.class, () -> Providers.of("clouds"));
        String told = String.valueOf(refused.getMessage());
        assertTrue(told.contains("offline, lite, cloud-fakes, cloud"), told);
    }
}
