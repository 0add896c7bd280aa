package io.sandalphone.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sandalphone.speech.Language;
import io.sandalphone.telephony.E164;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

class RouteTableTest {
    private static final Route OWN = route("+525512345678");
    private static final Route OTHER = route("+525587654321");

    private static Route route(String destination) {
        return new Route(
                new CallService.Interpreting(new E164(destination), Optional.empty()),
                new CallTerms(
                        new Language("en"),
                        new Language("es"),
                        true,
                        false,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(60)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+15551230001", "15551230001", "5551230001"})
    void a_number_is_found_however_the_carrier_or_the_file_writes_it(String written) {
        assertEquals(
                Optional.of(OWN),
                new RouteTable(Map.of("+15551230001", OWN, "*", OTHER)).find(written));
        assertEquals(Optional.of(OWN), new RouteTable(Map.of(written, OWN)).find("+15551230001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+15551230002", "100", "s", "", "anonymous", "*"})
    void any_other_number_takes_the_route_for_any_other(String called) {
        assertEquals(
                Optional.of(OTHER),
                new RouteTable(Map.of("+15551230001", OWN, "*", OTHER)).find(called));
    }

    @Test
    void without_a_route_for_any_other_an_unknown_number_has_none() {
        assertEquals(
                Optional.empty(), new RouteTable(Map.of("+15551230001", OWN)).find("5551230002"));
    }

    @Test
    void a_ten_digit_number_with_a_plus_sign_is_not_north_american() {
        assertEquals(
                Optional.empty(), new RouteTable(Map.of("+15551230001", OWN)).find("+5551230001"));
    }

    @Test
    void one_number_written_in_two_ways_is_refused() {
        Map<String, Route> twice = new LinkedHashMap<>();
        twice.put("+15551230001", OWN);
        twice.put("5551230001", OTHER);
        var refused = assertThrows(IllegalArgumentException.class, () -> new RouteTable(twice));
        assertEquals(
                "two routes for the same number, written differently: 5551230001",
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "+1 555 123 0001", "**", "anna"})
    void a_key_that_is_no_number_is_refused(String key) {
        assertThrows(
                IllegalArgumentException.class, () -> new RouteTable(Map.of(key, OWN)).find(""));
    }

    @Test
    void a_route_that_leads_to_a_number_with_a_route_is_refused() {
        var refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new RouteTable(
                                        Map.of(
                                                "+15551230001",
                                                route("+525512345678"),
                                                "525512345678",
                                                route("+525587654321"))));
        assertEquals(
                "the route of +15551230001 leads to a number with a route", refused.getMessage());
    }

    @Test
    void relay_without_interpreting_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new CallTerms(
                                new Language("en"),
                                new Language("es"),
                                false,
                                true,
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(60)));
    }
}
