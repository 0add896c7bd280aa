package io.sandalphone.harness.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.lab.Project;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The tests that items name are there, whichever module they are in.
class NamedTestListTest {
    private static final List<String> SOURCES =
            List.of("controller/src/test/java", "test-harness/src/test/java");

    @Test
    void every_test_that_an_item_names_is_there() throws IOException {
        List<String> names =
                IntStream.rangeClosed(1, 34)
                        .mapToObj(NamedTestList::of)
                        .flatMap(List::stream)
                        .toList();
        List<String> missing = new ArrayList<>();
        for (String name : names) {
            if (!isThere(name)) {
                missing.add(name);
            }
        }
        assertEquals(List.of(), missing);
    }

    private static boolean isThere(String name) throws IOException {
        int end = name.indexOf('#');
        for (String folder : SOURCES) {
            Path file =
                    Project.file(folder)
                            .resolve(name.substring(0, end).replace('.', '/') + ".java");
            if (Files.exists(file)) {
                return Files.readString(file).contains(" " + name.substring(end + 1) + "(");
            }
        }
        return false;
    }
}
