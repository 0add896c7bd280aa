package io.sandalphone.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

class ConfigTreeTest {
    @Test
    void a_file_is_laid_over_another_key_by_key() throws ConfigurationException {
        ObjectNode merged =
                ConfigTree.merge(
                        tree("a: {b: 1, c: [1, 2]}\nd: {e: 1}\nf: {g: 1}\n"),
                        tree("a: {c: [3]}\nd: 5\nf:\nh: {i: 1}\n"));
        assertEquals(tree("a: {b: 1, c: [3]}\nd: 5\nf: {g: 1}\nh: {i: 1}\n"), merged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*hunter2: x",
                "password: \"hunter2",
                "password: hunter2: x",
                "password: @hunter2",
                "a: [hunter2",
                "\tpassword: hunter2",
            })
    void what_is_not_yaml_is_placed_and_never_repeated(String text) {
        var mistaken = assertThrows(ConfigurationException.class, () -> tree(text));
        Problem problem = mistaken.problems().getFirst();
        assertTrue(problem.key().matches("test.yaml:[0-9]+:[0-9]+"), problem.key());
        assertFalse(mistaken.getMessage().contains("hunter2"), mistaken.getMessage());
    }

    @Test
    void a_key_that_stands_twice_is_a_mistake() {
        var mistaken = assertThrows(ConfigurationException.class, () -> tree("a: 1\nb: 2\na: 3\n"));
        Problem problem = mistaken.problems().getFirst();
        assertEquals("a key that stands there twice", problem.found());
        assertTrue(problem.key().startsWith("test.yaml:3:"), problem.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but words\n", "---\n"})
    void an_empty_file_has_no_keys(String text) throws ConfigurationException {
        assertTrue(tree(text).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2]", "word", "5"})
    void a_file_of_something_other_than_keys_is_a_mistake(String text) {
        assertThrows(ConfigurationException.class, () -> tree(text));
    }

    @Test
    void a_file_that_cannot_be_read_is_named(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("missing.yaml");
        assertEquals(
                new Problem(missing.toString(), "no such file", "a readable YAML file"),
                assertThrows(ConfigurationException.class, () -> ConfigTree.file(missing))
                        .problems()
                        .getFirst());
        Path latin =
                Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', '\n', (byte) 0xe9});
        assertEquals(
                new Problem(latin + ":2", "bytes that are not UTF-8", "a readable YAML file"),
                assertThrows(ConfigurationException.class, () -> ConfigTree.file(latin))
                        .problems()
                        .getFirst());
        assertEquals(
                "a file that cannot be read",
                assertThrows(ConfigurationException.class, () -> ConfigTree.file(folder))
                        .problems()
                        .getFirst()
                        .found());
    }

    private static ObjectNode tree(String text) throws ConfigurationException {
        return ConfigTree.yaml("test.yaml", text);
    }
}
