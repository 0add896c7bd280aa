package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class SayCommandTest {
    private static final String HEADER =
            "id\tfrom\tto\ttext\tdetected_language\tconfidence\ttranslation\tmood";

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int say(List<String> lines) throws Exception {
        Path table = Files.write(folder.resolve("table.tsv"), lines);
        return Main.run(
                Map.of(),
                new PrintWriter(out),
                new PrintWriter(err),
                "say",
                "--json",
                "--file",
                table.toString());
    }

    private List<JsonNode> results() throws Exception {
        var json = new ObjectMapper();
        return out.toString().lines().map(line -> read(json, line)).toList();
    }

    private static JsonNode read(ObjectMapper json, String line) {
        try {
            return json.readTree(line);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(line, e);
        }
    }

    @Test
    void each_line_of_a_table_is_told_with_its_verdict() throws Exception {
        int code =
                say(
                        List.of(
                                HEADER,
                                "a\tes-MX\ten-US\tCuesta $500.\t\t\tIt costs $500.\tgood",
                                "b\ten\tes\tAt six thirty.\t\t\tA las 7:15.\tgood",
                                "c\ten\tes\tUm...\t\t\tEh...\tgood",
                                "d\ten\tes\tYes, please.\tes\t0.31\tSí, por favor.\tgood",
                                "e\ten\tes\tSí, gracias.\tes\t0.97\tSí, gracias.\tgood"));
        assertEquals(0, code, err::toString);
        List<JsonNode> results = results();
        assertEquals(
                List.of("voiced", "refused", "filler", "voiced", "same-language"),
                results.stream().map(each -> each.path("verdict").asText()).toList());
        assertEquals("It costs 500 pesos.", results.getFirst().path("voiced").asText());
        assertEquals("Cuesta QZX1.", results.getFirst().path("sent").asText());
        assertEquals("amount", results.getFirst().at("/protected/0/type").asText());
        assertEquals(
                "said six thirty, translated las 7:15", results.get(1).path("reason").asText());
    }

    @Test
    void unknown_columns_and_empty_lines_are_named_with_their_line() throws Exception {
        assertEquals(0, say(List.of(HEADER, "", "a\ten\tes\tHi.\t\t\tHola.\t")));
        assertEquals("line 1: unknown column mood\nline 2: empty\n", err.toString());
    }

    @Test
    void a_line_without_languages_is_a_failure_that_names_it() throws Exception {
        assertEquals(1, say(List.of("text\ttranslation", "Hi.\tHola.")));
        assertTrue(err.toString().contains("line 2: "), err.toString());
    }
}
