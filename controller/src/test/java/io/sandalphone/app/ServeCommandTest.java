package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

@Timeout(60)
class ServeCommandTest {
    @TempDir private Path folder;

    @Test
    void a_signal_stops_it_in_order_with_exit_code_0() throws Exception {
        Process process = start("plain", false);
        try (BufferedReader out = process.inputReader()) {
            assertTrue(
                    out.readLine()
                            .endsWith("INFO  ServeCommand  controller starts version=unpackaged"));
            assertTrue(out.readLine().contains("controller is ready"));
            // Unlike the process itself, its handle leaves our end of the output open.
            process.toHandle().destroy();
            assertEquals(
                    List.of("controller drains", "controller stopped"),
                    out.lines()
                            .map(line -> line.replaceAll(".*ServeCommand ", "").strip())
                            .toList());
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void a_stop_that_fails_gives_1_and_lines_of_json_say_why() throws Exception {
        Process process = start("json", true);
        try (BufferedReader out = process.inputReader()) {
            assertTrue(out.readLine().contains("\"version\":\"unpackaged\""));
            out.readLine();
            // Unlike the process itself, its handle leaves our end of the output open.
            process.toHandle().destroy();
            String rest = out.lines().collect(Collectors.joining("\n"));
            assertTrue(rest.contains("\"message\":\"controller did not stop in order\""), rest);
            assertTrue(rest.contains("stuck"), rest);
            assertFalse(rest.contains("hunter2"), rest);
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(1, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(String format, boolean breaks) throws IOException {
        Path config =
                Files.writeString(folder.resolve("config.yaml"), "log: {format: " + format + "}\n");
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sandalphone.app.ServeProcess",
                        config.toString());
        if (breaks) {
            builder.environment().put("BREAK", "yes");
        }
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
