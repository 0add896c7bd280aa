package io.sandalphone.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.json.JsonMessage.UnreadableException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

class JsonMessageTest {
    /// A message whose field `f` is `value`; without it where there is none.
    private static JsonMessage field(@Nullable String value) throws UnreadableException {
        return JsonMessage.parse(value == null ? "{}" : "{\"f\": %s}".formatted(value));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"hola\"', hola, 0",
        "'\"\"', '', 0",
        "7, 7, 1",
        "true, , 1",
        "null, , 1",
        ", , 1",
        "[], , 1",
        "{}, , 1",
    })
    void a_text_is_what_is_written_there(@Nullable String value, @Nullable String text, int lacks)
            throws Exception {
        JsonMessage message = field(value);
        assertEquals(Optional.ofNullable(text), message.text("f"));
        assertEquals(lacks, message.lacks());
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7, 0",
        "-7, -7, 0",
        "1900.7, 1900, 0",
        "'\"7\"', 7, 1",
        "'\" 7.9 \"', 7, 1",
        "'\"seven\"', , 1",
        "'\"\"', , 1",
        "1e30, , 1",
        "NaN, , 1",
        "true, , 1",
        "null, , 1",
        ", , 1",
        "[7], , 1",
    })
    void a_whole_number_is_what_is_written_there(
            @Nullable String value, @Nullable Long number, int lacks) throws Exception {
        JsonMessage message = field(value);
        assertEquals(
                number == null ? OptionalLong.empty() : OptionalLong.of(number),
                message.integer("f"));
        assertEquals(lacks, message.lacks());
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5, 0", "1, 1, 0", "'\"0.5\"', 0.5, 1", "Infinity, , 1", "1e999, , 1"})
    void a_number_is_finite(String value, @Nullable Double number, int lacks) throws Exception {
        JsonMessage message = field(value);
        assertEquals(
                number == null ? OptionalDouble.empty() : OptionalDouble.of(number),
                message.number("f"));
        assertEquals(lacks, message.lacks());
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, 0",
        "false, false, 0",
        "'\"True\"', true, 1",
        "'\"false\"', false, 1",
        "1, true, 1",
        "0, false, 1",
        "2, , 1",
        "'\"yes\"', , 1",
        "[true], , 1",
        "null, , 1",
        ", , 1",
    })
    void a_truth_value_is_what_is_written_there(
            @Nullable String value, @Nullable Boolean flag, int lacks) throws Exception {
        JsonMessage message = field(value);
        assertEquals(Optional.ofNullable(flag), message.flag("f"));
        assertEquals(lacks, message.lacks());
    }

    @Test
    void a_single_thing_is_a_list_of_one_and_elements_are_taken_as_they_are() throws Exception {
        assertEquals(1, field("{\"text\": \"hola\"}").list("f").size());
        assertEquals(0, field("null").list("f").size());
        List<JsonMessage> mixed = field("[{\"text\": \"hola\"}, \"ahí\", null]").list("f");
        assertTrue(mixed.getFirst().isObject());
        assertEquals(Optional.of("hola"), mixed.getFirst().text("text"));
        assertEquals(Optional.of("ahí"), mixed.get(1).text());
        assertEquals(Optional.empty(), mixed.getLast().text());
    }

    @ParameterizedTest
    @CsvSource({"'{\"a\": 1}', 1, 0", "'[{\"a\": 1}]', 1, 1", "7, , 2", "null, , 2", ", , 2"})
    void an_object_is_there_even_when_it_is_not(
            @Nullable String value, @Nullable Long inside, int lacks) throws Exception {
        JsonMessage message = field(value);
        assertEquals(
                inside == null ? OptionalLong.empty() : OptionalLong.of(inside),
                message.object("f").integer("a"));
        assertEquals(lacks, message.lacks());
    }

    @Test
    void what_may_be_missing_is_no_lack_but_another_type_is() throws Exception {
        JsonMessage message = JsonMessage.parse("{\"a\": null, \"b\": 7}");
        assertFalse(message.has("a"));
        assertTrue(message.has("b"));
        assertEquals(Optional.empty(), message.optional().text("a"));
        assertEquals(Optional.empty(), message.optional().object("c").text("d"));
        assertEquals(0, message.lacks());
        assertEquals(Optional.of("7"), message.optional().text("b"));
        assertEquals(1, message.lacks());
    }

    @Test
    void what_careless_programs_write_is_read() throws Exception {
        JsonMessage message =
                JsonMessage.parse("{\"a\": NaN, \"b\": \"one\ntwo\", \"b2\": 1} trailing");
        assertEquals(Optional.of("one\ntwo"), message.text("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "7", "\"text\"", "[]", "null", "{\"a\"}", "<html>"})
    void what_is_no_object_is_unreadable_and_the_failure_holds_none_of_it(String text) {
        var failure = assertThrows(UnreadableException.class, () -> JsonMessage.parse(text));
        assertTrue(String.valueOf(failure.getMessage()).startsWith("not "));
    }
}
