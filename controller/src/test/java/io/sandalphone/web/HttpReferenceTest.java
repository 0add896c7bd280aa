package io.sandalphone.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The document as such, and that what it is held against can fail.
class HttpReferenceTest {
    @Test
    void it_is_openapi_whose_references_lead_somewhere_and_whose_schemas_are_schemas() {
        assertTrue(HttpReference.document().path("openapi").asText().startsWith("3.1."));
        assertEquals(List.of(), HttpReference.deadReferences());
        assertEquals(List.of(), HttpReference.faultsOfSchemas());
    }

    @Test
    void each_operation_has_a_name_of_its_own_and_says_at_which_listener_it_stands() {
        List<String> names = new ArrayList<>();
        HttpReference.document()
                .path("paths")
                .forEach(
                        path ->
                                path.properties().stream()
                                        .filter(each -> !each.getKey().equals("parameters"))
                                        .map(Map.Entry::getValue)
                                        .forEach(
                                                operation -> {
                                                    names.add(
                                                            operation.path("operationId").asText());
                                                    assertTrue(
                                                            operation.path("x-listeners").size()
                                                                    > 0);
                                                }));
        assertEquals(names.size(), new TreeSet<>(names).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "operators|GET|/health|418|application/json|{\"status\":\"up\"}",
                "operators|GET|/health|200|text/plain|{\"status\":\"up\"}",
                "operators|GET|/health|200|application/json|{\"status\":\"fine\"}",
                "operators|GET|/health|200|application/json|{\"status\":\"up\",\"more\":1}",
                "operators|GET|/health|200|application/json|up",
                "operators|GET|/nowhere|200|application/json|{}",
                "operators|POST|/tickets|201|application/json|{}",
                "operators|DELETE|/calls/7f3|202|application/json|{\"call\":3}",
                "public|POST|/asterisk/inbound|503|application/json|{\"error\":\"no\"}",
                "public|POST|/asterisk/media|204||more",
                "public|POST|/vonage/voice|200|text/xml; charset=utf-8|<a/>",
            })
    void an_answer_that_is_not_documented_is_found(
            String listener, String method, String path, int status, String type, String body) {
        assertThrows(
                AssertionError.class,
                () ->
                        HttpReference.check(
                                listener,
                                method,
                                path,
                                status,
                                name ->
                                        name.equals("Content-Type")
                                                ? Optional.ofNullable(type)
                                                : Optional.empty(),
                                body));
    }

    /// What the server answers 400 to.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "CallRequest|{\"from\":\"+525512345678\",\"to\":\"+12125550101\",\"from_language\":\"\"}",
                "CallRequest|{\"from\":\"+525512345678\",\"to\":\"+12125550101\",\"to_via\":\"\"}",
                "CallRequest|{\"from\":\"\",\"to\":\"+12125550101\"}",
                "TicketRequest|{\"language\":\"\",\"minutes\":5}",
                "LegCall|{\"callId\":\"\"}",
            })
    void an_empty_text_is_none_where_one_is_wanted(String schema, String json) {
        assertThrows(AssertionError.class, () -> HttpReference.fits(schema, json));
    }
}
