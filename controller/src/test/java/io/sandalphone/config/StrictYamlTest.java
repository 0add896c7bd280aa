package io.sandalphone.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class StrictYamlTest {
    private static ObjectNode read(String text) throws ConfigurationException {
        return StrictYaml.read("test.yaml", text);
    }

    private static List<Problem> problems(String text) {
        return assertThrows(ConfigurationException.class, () -> read(text)).problems();
    }

    /// The value stands in the third line.
    private static List<Problem> problemsOf(String value) {
        return problems("a:\n  b: 1\n  c: " + value + "\n");
    }

    private static void assertRefused(String value, String found) {
        List<Problem> problems = problemsOf(value);
        assertEquals(1, problems.size(), value + ": " + problems);
        assertEquals("test.yaml:3:6: a.c", problems.getFirst().key(), value);
        assertEquals(found, problems.getFirst().found(), value);
    }

    @Test
    void values_are_what_they_look_like() throws Exception {
        String text =
                """
                # first
                http:
                  listen: 127.0.0.1   # here
                  port: 8090
                  "token": "01234567890123456789"
                  single: 'yes'
                ratio: 0.40
                negative: -3
                price: 10.00
                time: 500ms
                zero: 0
                list: [en, "es", 5, false]
                blocks:
                  - a b
                  - |
                    first
                    second
                "010": {x: true}
                +15551230001: {}
                empty:
                """;
        String expected =
                """
                {'http':{'listen':'127.0.0.1','port':8090,'token':'01234567890123456789','single':'yes'},
                'ratio':0.40,'negative':-3,'price':10.00,'time':'500ms','zero':0,
                'list':['en','es',5,false],'blocks':['a b','first\\nsecond\\n'],
                '010':{'x':true},'+15551230001':{},'empty':null}
                """;
        assertEquals(expected.replace("\n", "").replace('\'', '"'), read(text).toString());
    }

    @Test
    void an_alias_is_not_another_value() {
        assertRefused("*token", "an alias");
        List<Problem> both = problems("a: &x \"0123456789abcdef\"\nb: *x\n");
        assertEquals(
                List.of("test.yaml:1:4: a", "test.yaml:2:4: b"),
                both.stream().map(Problem::key).toList());
        assertEquals(List.of("an anchor", "an alias"), both.stream().map(Problem::found).toList());
    }

    @Test
    void sections_are_not_merged() {
        List<Problem> problems = problems("a: &x {b: 1}\nc:\n  <<: *x\n");
        assertEquals(
                List.of("an anchor", "a merge", "an alias"),
                problems.stream().map(Problem::found).toList());
        assertEquals("test.yaml:3:3: c", problems.get(1).key());
    }

    @ParameterizedTest
    @CsvSource({"'a: 1\n---\nb: 2\n', 2", "'a: 1\n...\n---\nb: 2\n', 3", "'---\n---\na: 1\n', 2"})
    void nothing_stands_in_a_second_document(String text, int line) {
        Problem problem = problems(text).getFirst();
        assertEquals("a second document", problem.found());
        assertEquals("test.yaml:" + line + ":1", problem.key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "010",
                "-010",
                "0000012",
                "017_7",
                "1_000",
                "0x1F",
                "0o10",
                "0b11",
                "1:30",
                "2:14:50",
                "+5",
                "-0",
                "1e3",
                "1.5E+3",
                ".5",
                "5.",
                "00.5",
                ".inf",
                "-.Inf",
                ".NaN",
                "1,5",
                "1.2.3",
                "12345678901234567890",
                "1234567890123456",
                "0123456701234567",
                "1234567890123456.10",
                "1234567890_1234567890",
                "1e1000000000000000",
                "+525512345678",
                "+52 55 1234 5678",
                "-5-5"
            })
    void digits_that_are_read_differently_are_refused(String digits) {
        assertRefused(digits, "digits that are not read as they are written");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "no", "on", "Off", "y", "N", "True", "FALSE"})
    void words_that_some_take_for_true_or_false_are_refused(String word) {
        assertRefused(word, "a word that some take for true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "null", "Null", "NULL"})
    void words_for_nothing_are_refused(String word) {
        assertRefused(word, "a word that YAML takes for nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"!!binary aGVsbG8=", "!secret x", "!!str 5", "! 5", "!!map {}", "!!seq []"})
    void tags_are_refused(String value) {
        assertRefused(value, "a tag");
    }

    @Test
    void a_directive_is_refused() {
        assertEquals("a directive", problems("%YAML 1.1\n---\na: 1\n").getFirst().found());
        assertEquals("a directive", problems("%TAG ! x,2000:\n---\na: 1\n").getFirst().found());
    }

    @Test
    void text_that_goes_on_in_the_next_line_needs_quotes() throws Exception {
        assertRefused("hunter2\n    more", "text without quotes over several lines");
        assertEquals("{\"a\":\"b c\"}", read("a: \"b\n  c\"\n").toString());
    }

    @Test
    void a_mistake_in_a_list_is_placed_in_it() {
        assertEquals("test.yaml:1:12: a.b[1]", problems("a: {b: [5, 010]}\n").getFirst().key());
    }

    @Test
    void a_key_stands_once_however_it_is_written() {
        Problem problem = problems("a: {b: 1}\nc: 1\n\"a\": 2\n").getFirst();
        assertEquals("a key that stands there twice", problem.found());
        assertEquals("test.yaml:3:1: a", problem.key());
        assertEquals(1, problems("a: {b: 1, b: 2}\n").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"? [a, b]\n: c\n", "{a: 1}: c\n", "\"\": 1\n", ": 1\n"})
    void a_key_is_a_name(String text) {
        assertEquals(1, problems(text).size());
    }

    @ParameterizedTest
    @CsvSource({"'a:\n\tb: 1\n', 2, 1", "'a:\t1\n', 1, 3", "'a: 1 \t# why\n', 1, 6"})
    void tabs_are_placed(String text, int line, int column) {
        Problem problem = problems(text).getFirst();
        assertEquals("a tab", problem.found());
        assertEquals("test.yaml:" + line + ":" + column, problem.key());
    }

    @Test
    void a_tab_in_a_comment_is_nobodys_business() throws Exception {
        assertEquals("{\"a\":1}", read("#\tone\n  # \t two\na: 1\n").toString());
    }

    @Test
    void what_cannot_be_printed_is_placed() {
        Problem problem = problems("a: 1\nb: \"\u0000\"\n").getFirst();
        assertEquals("test.yaml:2", problem.key());
        assertEquals("a character that cannot be printed", problem.found());
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_key() throws Exception {
        assertEquals("{\"a\":1}", read("\uFEFFa: 1\n").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{", "- "})
    void endless_depth_is_refused(String open) {
        List<Problem> problems = problems("a: " + open.repeat(20_000) + "\n");
        assertEquals("something that is not YAML", problems.getFirst().found());
    }

    @ParameterizedTest
    @ValueSource(strings = {"b: 1 # ", "b: ", "b: \"", "b: '", "? "})
    void a_line_that_the_parser_would_be_minutes_with_is_placed(String beginning) {
        List<Problem> problems = problems("a: 1\n" + beginning + "x".repeat(100_001) + "\n");
        assertEquals(
                List.of(
                        new Problem(
                                "test.yaml:2",
                                "a line of more than 100000 characters",
                                "several lines")),
                problems);
    }

    @Test
    void every_mistake_is_named_at_once_and_nothing_is_repeated() {
        List<Problem> problems =
                problems("a: 010\nb: yes\nc: &hunter2 1\nd: !hunter2 x\ne: *hunter2\n");
        assertEquals(5, problems.size(), problems::toString);
        assertFalse(problems.toString().contains("hunter2"), problems::toString);
    }
}
