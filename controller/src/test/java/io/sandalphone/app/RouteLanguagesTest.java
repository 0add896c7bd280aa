package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.Route;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.telephony.E164;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class RouteLanguagesTest {
    /// Hears English alone, translates whatever it is, speaks English and Spanish.
    private static final SpeechEngines ENGINES =
            KnownLanguages.engines(Set.of("en"), Set.of("en", "es"));

    private static RouteTable routes(String caller, String destination, boolean interpret) {
        return new RouteTable(
                Map.of(
                        "+15551230001",
                        new Route(
                                new CallService.Interpreting(
                                        new E164("+525512345678"), Optional.empty()),
                                new CallTerms(
                                        new Language(caller),
                                        new Language(destination),
                                        interpret,
                                        false,
                                        Duration.ofSeconds(30),
                                        Duration.ofMinutes(60)))));
    }

    @Test
    void a_route_between_whose_languages_nobody_interprets_stops_the_start() {
        var refused =
                assertThrows(
                        ConfigurationException.class,
                        () -> RouteLanguages.require(routes("ja", "ru", true), ENGINES));
        assertEquals(
                List.of("routes.\"+15551230001\""),
                refused.problems().stream().map(Problem::key).toList());
    }

    @Test
    void one_direction_is_enough_and_who_is_not_interpreted_needs_none() {
        assertDoesNotThrow(() -> RouteLanguages.require(routes("en", "es-MX", true), ENGINES));
        assertDoesNotThrow(() -> RouteLanguages.require(routes("es", "en", true), ENGINES));
        assertDoesNotThrow(() -> RouteLanguages.require(routes("ja", "ja", true), ENGINES));
        assertDoesNotThrow(() -> RouteLanguages.require(routes("ja", "ru", false), ENGINES));
    }
}
