package io.sandalphone.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class EnvironmentTest {
    private final Environment environment =
            Environment.of(Map.of("NAME", "a$1\\b", "EMPTY", "", "PORT", "8090"));

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "plain, plain",
                "$PORT, $PORT",
                "${PORT}, 8090",
                "x${PORT}y${PORT}, x8090y8090",
                "${NAME}, a$1\\b",
                "${NONE:-other}, other",
                "${EMPTY:-other}, other",
                "${PORT:-other}, 8090",
                "x${NONE:-}, x",
                "x${EMPTY}, x",
                "$${PORT}, ${PORT}",
            })
    void a_reference_becomes_what_the_variable_holds(String text, String expanded)
            throws Environment.Unresolved {
        assertEquals(expanded, environment.expand(text));
    }

    @Test
    void an_unset_variable_is_named_and_nothing_else_of_the_text() {
        var unresolved =
                assertThrows(
                        Environment.Unresolved.class,
                        () -> environment.expand("hunter2${NONE}hunter2"));
        assertEquals("the environment variable NONE, which is not set", unresolved.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "${",
        "${}",
        "${1A}",
        "a${b",
        "${A-b}",
        "${A B}",
        "${credential:}",
        "${credential:../x}",
        "${credential:A}"
    })
    void a_malformed_reference_is_refused_without_repeating_it(String text) {
        var unresolved = assertThrows(Environment.Unresolved.class, () -> environment.expand(text));
        assertEquals(
                "a ${ that is no ${NAME}, ${NAME:-default} or ${credential:NAME}",
                unresolved.getMessage());
    }

    @Test
    void a_credential_is_what_its_file_holds(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("http-token"), "s3cret$1\n");
        var credentials = Environment.of(Map.of("CREDENTIALS_DIRECTORY", folder.toString()));
        assertEquals("x s3cret$1", credentials.expand("x ${credential:http-token}"));
        var missing =
                assertThrows(
                        Environment.Unresolved.class,
                        () -> credentials.expand("hunter2${credential:none}"));
        assertEquals("the credential none, which cannot be read", missing.getMessage());
    }

    @Test
    void a_credential_without_a_folder_is_named() {
        var unresolved =
                assertThrows(
                        Environment.Unresolved.class,
                        () -> environment.expand("${credential:http-token}"));
        assertEquals(
                "the credential http-token, and no CREDENTIALS_DIRECTORY to find it in",
                unresolved.getMessage());
    }

    @Test
    void a_plain_one_leaves_text_as_it_is() throws Environment.Unresolved {
        assertEquals("${PORT}", Environment.plain().expand("${PORT}"));
    }
}
