package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/// The command that prints one call.
class SupportCommandTest {
    private static final String LINE =
            "{\"@timestamp\":\"2026-11-30T12:00:00Z\",\"message\":\"call began\","
                    + "\"logger_name\":\"io.sandalphone.call.CallSession\",\"level\":\"INFO\","
                    + "\"call\":\"7f3\",\"direction\":\"INBOUND\"}";

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int support(String call, Path log) {
        return Main.run(
                Map.of(),
                new PrintWriter(out),
                new PrintWriter(err),
                "support",
                call,
                "--log",
                log.toString());
    }

    @Test
    void a_log_with_anything_in_it_is_read_to_its_end() throws Exception {
        Path log = folder.resolve("log");
        String anything =
                """
                -- Boot --
                not 7f3 as JSON
                {"call":"7f3
                7f3 \u00ff\u00fe
                """;
        Files.write(log, anything.getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(log, LINE + "\n", StandardOpenOption.APPEND);
        assertEquals(0, support("7f3", log), err.toString());
        assertTrue(out.toString().contains("\"message\":\"call began\""), out.toString());
    }

    @Test
    void a_call_that_is_not_there_is_said() throws Exception {
        Path log = Files.writeString(folder.resolve("log"), LINE + "\n");
        assertEquals(1, support("8a1", log));
        assertTrue(err.toString().contains("no line of such a call"), err.toString());
    }

    @Test
    void what_is_no_id_is_no_call() throws Exception {
        Path log = Files.writeString(folder.resolve("log"), LINE + "\n");
        assertEquals(2, support("+15551230009", log));
    }
}
