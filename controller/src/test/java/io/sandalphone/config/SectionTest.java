package io.sandalphone.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

class SectionTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void every_type_is_read() throws ConfigurationException {
        assertEquals("b", read("a: b", root -> root.text("a")));
        assertEquals(true, read("a: true", root -> root.flag("a")));
        assertEquals(
                Integer.valueOf(8090),
                read("a: \"${PORT}\"", root -> root.integer("a", 0, 65_535)));
        assertEquals(Double.valueOf(0.5), read("a: 0.5", root -> root.number("a", 0, 1)));
        assertEquals("secret", read("a: secret", root -> root.secret("a")).reveal());
        assertEquals(
                URI.create("http://localhost:1/x"),
                read("a: http://localhost:1/x", root -> root.uri("a", "https", "http")));
        assertEquals(
                TimeUnit.NANOSECONDS,
                read("a: nanoseconds", root -> root.choice("a", TimeUnit.class)));
        assertEquals(
                List.of(1, 2), read("a: [1, 2]", root -> root.list("a", "", Integer::valueOf)));
        assertEquals(List.of(), read("a: []", root -> root.list("a", "", Integer::valueOf)));
    }

    @Test
    void text_of_several_lines_is_read_where_it_may_be() throws ConfigurationException {
        String prompt = "a: |\n  one\n\n  two\n";
        assertEquals("one\n\ntwo", read(prompt, root -> root.prose("a")));
        assertEquals(1, mistakes(prompt, root -> root.text("a")).size());
        assertEquals(1, mistakes("a: \"\\u200b\"", root -> root.prose("a")).size());
        assertEquals(1, mistakes("a: |\n\n", root -> root.prose("a")).size());
    }

    @Test
    void what_nobody_has_read_is_text_and_no_mistake() throws ConfigurationException {
        assertEquals(
                Map.of("b", "2", "c", "[1,\"x\"]", "d", "", "e", "8090", "f", "true"),
                read(
                        "a: 1\nb: 2\nc: [1, x]\nd:\ne: \"${PORT}\"\nf: true",
                        root -> {
                            var _ = root.text("a");
                            return root.rest();
                        }));
        assertEquals(
                1,
                mistakes("a: \"${NOT_SET}\"", Section::rest).size(),
                "a variable that is not set");
    }

    @Test
    void mistakes_of_another_file_are_among_those_of_this_one() {
        assertEquals(
                List.of(
                        "a: found \"x\", expected true or false",
                        "other: found this, expected that"),
                mistakes(
                        "a: x",
                        root -> {
                            var _ = root.flag("a");
                            return root.elsewhere(
                                    () -> {
                                        throw new ConfigurationException(
                                                List.of(new Problem("other", "this", "that")));
                                    });
                        }));
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s, PT30S",
        "60m, PT1H",
        "1h, PT1H",
        "PT1M30S, PT1M30S",
        "0s, PT0S",
    })
    void lengths_of_time_are_read(String text, Duration duration) throws ConfigurationException {
        assertEquals(duration, read("a: " + text, root -> root.duration("a", Duration.ZERO, HOUR)));
    }

    @ParameterizedTest
    @CsvSource({"30", "30 s", "1d", "-1s", "61m", "PT2H", "soon", "9999999999s"})
    void what_is_no_length_of_time_or_out_of_range_is_a_mistake(String text) {
        assertEquals(
                List.of(
                        "a: found %s, expected a length of time from 0s to 1h, such as 500ms, 30s, 60m, 2h or PT1M30S"
                                .formatted(text.equals("30") ? text : '"' + text + '"')),
                mistakes("a: " + text, root -> root.duration("a", Duration.ZERO, HOUR)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0     | 0",
                "11    | 11",
                "1.5   | 1.5",
                "ten   | \"ten\"",
                "true  | true",
                "''    | nothing",
                "[1]   | a list",
                "{b: 1}| a section",
                "\"${NONE}\" | the environment variable NONE, which is not set",
            })
    void what_is_no_whole_number_or_out_of_range_is_a_mistake(String text, String found) {
        assertEquals(
                List.of("a: found " + found + ", expected a whole number from 1 to 10"),
                mistakes("a: " + text, root -> root.integer("a", 1, 10)));
    }

    @ParameterizedTest
    @CsvSource({
        "host:80, host:80",
        "host, host",
        "ftp://host, ftp://host",
        "http:///x, http:///x",
        "http://ho st, http://ho st",
        "http://user:pw@host, http://***@host",
        "http://host/x, http://host/x",
        "http://10.0.0.1/x, http://10.0.0.1/x",
        "http://127.0.0.1.evil.example, http://127.0.0.1.evil.example",
        "https://host:99999999/x, https://host:99999999/x",
        "https://host:65536, https://host:65536",
        "https://host:0, https://host:0",
        "https://host#x, https://host#x"
    })
    void what_is_no_address_is_a_mistake_that_shows_no_password(String text, String found) {
        assertEquals(
                List.of(
                        "a: found \""
                                + found
                                + "\", expected an address that begins with https://, or with"
                                + " http:// on this machine, without user or password"),
                mistakes("a: " + text, root -> root.uri("a", "https", "http")));
    }

    @Test
    void only_true_and_false_are_true_and_false() throws ConfigurationException {
        assertEquals("no", read("a: \"no\"", root -> root.text("a")));
        assertEquals(
                List.of("a: found \"yes\", expected true or false"),
                mistakes("a: \"yes\"", root -> root.flag("a")));
    }

    @Test
    void a_word_that_is_no_choice_is_a_mistake() {
        assertEquals(
                List.of("a: found \"lots\", expected one of a, b-c"),
                mistakes("a: lots", root -> root.choice("a", Letters.class)));
    }

    private enum Letters {
        A,
        B_C
    }

    @Test
    void a_secret_is_shown_in_no_mistake() {
        for (String value : List.of("[hunter2]", "{b: hunter2}", "hunter2", "\"hunter2${NONE}\"")) {
            List<String> mistakes =
                    mistakes(
                            "a: " + value,
                            root ->
                                    root.check(
                                            "a", root.secret("a"), "something else", _ -> false));
            assertEquals(1, mistakes.size(), mistakes.toString());
            assertFalse(mistakes.getFirst().contains("hunter2"), mistakes.toString());
        }
    }

    @Test
    void a_list_names_the_entry_that_is_wrong() {
        assertEquals(
                List.of(
                        "a[1]: found \"x\", expected a number",
                        "a[2]: found a list, expected a number"),
                mistakes("a: [1, x, [2]]", root -> root.list("a", "a number", Integer::valueOf)));
        assertEquals(
                List.of("a: found 5, expected a list, each entry a number"),
                mistakes("a: 5", root -> root.list("a", "a number", Integer::valueOf)));
    }

    @Test
    void a_missing_section_is_one_mistake_not_one_per_key() {
        assertEquals(
                List.of("a: found nothing, expected a section of keys"),
                mistakes(
                        "",
                        root -> {
                            Section a = root.section("a");
                            return a.make(() -> a.text("b").get() + a.flag("c").get());
                        }));
    }

    @Test
    void unknown_keys_are_mistakes_with_a_guess_at_what_was_meant() {
        assertEquals(
                List.of(
                        "speling: found an unknown key, expected one of name, inner",
                        "inner.prot: found an unknown key, expected port (did you mean that?)"),
                mistakes(
                        "name: x\nspeling: hunter2\ninner: {port: 1, prot: hunter2}",
                        root -> {
                            root.text("name");
                            return root.section("inner").integer("port", 0, 9);
                        }));
    }

    @Test
    void all_mistakes_come_at_once_each_with_its_path() {
        assertEquals(
                List.of(
                        "\"+1 5\".a: found \"x\", expected true or false",
                        "\"+1 5\".b: found nothing, expected text",
                        "c: found an unknown key, expected one of +1 5"),
                mistakes(
                        "\"+1 5\": {a: x, b: }\nc: 1",
                        root -> {
                            Section inner = root.section("+1 5");
                            inner.flag("a");
                            return inner.text("b");
                        }));
    }

    @Test
    void what_a_constructor_refuses_is_a_mistake_of_its_section() {
        assertEquals(
                List.of("a: found 5 exceeds 3, expected keys that fit together"),
                mistakes(
                        "a: {low: 5, high: 3}",
                        root -> {
                            Section a = root.section("a");
                            var low = a.integer("low", 0, 9);
                            var high = a.integer("high", 0, 9);
                            return a.make(() -> range(low.get(), high.get()));
                        }));
    }

    private static int range(int low, int high) {
        if (low > high) {
            throw new IllegalArgumentException(low + " exceeds " + high);
        }
        return high - low;
    }

    @Test
    void named_sections_are_laid_over_their_defaults_and_their_names_checked()
            throws ConfigurationException {
        assertEquals(
                Map.of("1", "own", "2", "default"),
                read(
                        "1: {a: own}\n2: {}",
                        root -> {
                            var sections = sections(root, "a: default");
                            var one = sections.getFirst().text("a");
                            var two = sections.getLast().text("a");
                            return root.make(() -> Map.of("1", one.get(), "2", two.get()));
                        }));
        assertEquals(
                List.of("x: found the name \"x\", expected a number"),
                mistakes(
                        "x: {}",
                        root -> {
                            return sections(root, "").getFirst().name("a number", Integer::valueOf);
                        }));
    }

    @Test
    void the_effective_configuration_holds_what_was_read_with_secrets_masked()
            throws ConfigurationException {
        Section root = root("a: {port: \"${PORT}\", token: hunter2, list: [x]}");
        Section a = root.section("a");
        a.integer("port", 0, 65_535);
        a.secret("token");
        a.list("list", "", text -> text);
        assertEquals(
                ConfigTree.yaml("expected", "a: {port: \"8090\", token: \"***\", list: [x]}"),
                root.effective());
    }

    @Test
    void a_secret_prints_masked_and_knows_itself() {
        Secret secret = new Secret("hunter2");
        assertEquals("***", secret.toString());
        assertEquals(true, secret.matches("hunter2"));
        assertEquals(false, secret.matches("hunter"));
        assertEquals(false, secret.matches(""));
    }

    @Test
    void a_setting_that_could_not_be_read_cannot_be_used() {
        assertThrows(Setting.Missing.class, () -> Setting.missing().get());
    }

    private static List<Section> sections(Section section, String defaults)
            throws ConfigurationException {
        return List.copyOf(section.sections(ConfigTree.yaml("defaults", defaults)).values());
    }

    /// A reading that may itself read YAML.
    private interface Reading<T> {
        Setting<T> of(Section root) throws ConfigurationException;
    }

    private static <T> T read(String yaml, Reading<T> reading) throws ConfigurationException {
        Section root = root(yaml);
        return root.finish(reading.of(root));
    }

    private static <T> List<String> mistakes(String yaml, Reading<T> reading) {
        return assertThrows(ConfigurationException.class, () -> read(yaml, reading))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }

    private static Section root(String yaml) throws ConfigurationException {
        return Section.root(ConfigTree.yaml("test.yaml", yaml), Map.of("PORT", "8090"));
    }
}
