package io.sandalphone.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;

class ConfigFileTest {
    @TempDir private Path folder;
    private Path path;

    @BeforeEach
    void write() throws Exception {
        path =
                Files.writeString(
                        folder.resolve("some.yaml"),
                        """
                        # a comment
                        tree:
                          "+15550001":
                            a_key: 1
                            list:
                              - one
                              - two
                          2001:
                            inner: {deep: 1}
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tree | 2: tree",
                "tree.\"+15550001\" | 3: tree.\"+15550001\"",
                "tree.\"+15550001\".a-key | 4: tree.\"+15550001\".a_key",
                "tree.\"+15550001\".missing | 3: tree.\"+15550001\".missing",
                "tree.\"+15550001\".list[1] | 5: tree.\"+15550001\".list[1]",
                "tree.2001.inner.deep | 9: tree.2001.inner.deep",
            })
    void a_mistake_is_told_with_its_line(String key, String place) throws Exception {
        assertEquals(
                new Problem(path + ":" + place, "this", "that"),
                ConfigFile.read(path).located(new Problem(key, "this", "that")));
    }

    @Test
    void a_mistake_of_the_whole_file_is_told_without() throws Exception {
        assertEquals(
                new Problem(path + ": the file", "this", "that"),
                ConfigFile.read(path).located(new Problem("the file", "this", "that")));
    }

    @Test
    void of_an_endless_file_no_more_is_read_than_may_stand_in_one() {
        Path endless = Path.of("/dev/zero");
        Problem problem =
                assertThrows(ConfigurationException.class, () -> ConfigFile.read(endless))
                        .problems()
                        .getFirst();
        assertEquals(
                new Problem(endless.toString(), "more than 3 MiB", "a readable YAML file"),
                problem);
    }
}
