package io.sandalphone.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.tools.ToolParameters.MisfitException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolParametersTest {
    private static final ToolParameters ROOM =
            ToolParameters.of(
                    """
                    {"type": "object", "required": ["date"], "properties": {
                      "date": {"type": "string", "format": "date"},
                      "guests": {"type": "integer", "minimum": 1, "maximum": 9},
                      "kind": {"enum": ["single", "double"]}}}\
                    """);

    @Test
    void arguments_that_fit_are_read() throws Exception {
        assertEquals(
                "{\"date\":\"2026-12-24\",\"guests\":2}",
                ROOM.read("{\"date\": \"2026-12-24\", \"guests\": 2}").toString());
    }

    @Test
    void no_arguments_are_an_empty_object() throws Exception {
        var nothing = ToolParameters.of("{\"type\": \"object\"}");
        assertTrue(nothing.read(" ").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"date\": \"tomorrow\"}",
                "{\"date\": 20261224}",
                "{\"date\": \"2026-12-24\", \"guests\": \"2\"}",
                "{\"date\": \"2026-12-24\", \"guests\": 10}",
                "{\"date\": \"2026-12-24\", \"kind\": \"suite\"}",
                "{\"date\": \"2026-12-24\", \"url\": \"https://elsewhere.example/\"}",
                "{\"date\": \"2026-12-24\", \"date\": \"2026-12-25\"}",
                "{\"date\": \"2026-12-24\"} and more",
                "{\"date\": \"2026-12-24\"",
                "[]",
                "null",
                "\"2026-12-24\""
            })
    void arguments_that_do_not_fit_are_refused(String arguments) {
        assertThrows(MisfitException.class, () -> ROOM.read(arguments));
    }

    @Test
    void arguments_without_end_are_refused() {
        String many = "{\"date\": \"" + "9".repeat(1_000_000) + "\"}";
        assertThrows(MisfitException.class, () -> ROOM.read(many));
    }

    @Test
    void what_does_not_fit_is_said_briefly_and_by_name() {
        String message =
                assertThrows(
                                MisfitException.class,
                                () -> ROOM.read("{\"guests\": 0, \"kind\": \"x\", \"a\": 1}"))
                        .getMessage();
        assertTrue(String.valueOf(message).contains("date"), message);
        assertTrue(String.valueOf(message).length() < 500, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"string\"}",
                "{\"properties\": {}}",
                "{\"type\": \"object\", \"properties\": []}",
                "{\"type\": \"object\", \"required\": \"date\"}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"text\"}}}",
                "{\"type\": \"object\", \"$ref\": \"https://elsewhere.example/schema\"}",
                "{\"type\": \"object\", \"$id\": \"https://elsewhere.example/schema\"}",
                "{\"type\": \"object\", \"properties\": {\"a\": {\"allOf\":"
                        + " [{\"$ref\": \"file:/etc/passwd\"}]}}}"
            })
    void what_is_no_schema_or_leads_elsewhere_is_refused(String schema) {
        assertThrows(IllegalArgumentException.class, () -> ToolParameters.of(schema));
    }

    @Test
    void a_schema_may_refer_to_itself_and_have_more_where_it_says_so() throws Exception {
        ToolParameters tree =
                ToolParameters.of(
                        """
                        {"type": "object", "additionalProperties": {"$ref": "#/$defs/n"},
                         "$defs": {"n": {"type": "integer"}}}\
                        """);
        assertEquals(1, tree.read("{\"a\": 1}").path("a").asInt());
        assertThrows(MisfitException.class, () -> tree.read("{\"a\": \"b\"}"));
    }

    @Test
    void the_model_is_told_that_nothing_else_fits() {
        assertTrue(ROOM.json().contains("\"additionalProperties\":false"), ROOM.json());
        assertFalse(
                ToolParameters.of("{\"type\": \"object\", \"additionalProperties\": true}")
                        .json()
                        .contains("false"));
    }
}
