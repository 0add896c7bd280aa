package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The whole program where the temporary folder forbids what its native code needs.
@Timeout(120)
class NativeFolderTest {
    @TempDir private Path folder;

    /// How the program ended, and all it said; -1 when it started and was stopped.
    private record Run(int code, String said) {}

    @Test
    void a_temporary_folder_that_is_not_there_fails_the_start_and_is_named() throws Exception {
        Path missing = folder.resolve("missing");
        Run run = serve(List.of(), missing, "");
        assertEquals(1, run.code(), run.said());
        assertTrue(
                run.said()
                        .contains(
                                "sandalphone serve failed: the voice detector's native library"
                                        + " cannot be loaded from "
                                        + missing
                                        + " ("),
                run.said());
        assertTrue(run.said().lines().noneMatch(line -> line.startsWith("\tat ")), run.said());
    }

    @Test
    void another_folder_does_instead() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));
        Run run = serve(List.of(), folder.resolve("missing"), "native: {folder: " + own + "}\n");
        assertEquals(-1, run.code(), run.said());
        try (var left = Files.list(own)) {
            // Its library is executed from memory by then.
            assertTrue(left.noneMatch(Files::isRegularFile));
        }
    }

    @Test
    void a_temporary_folder_that_forbids_execution_fails_the_start_too() throws Exception {
        Path forbidden = Files.createDirectory(folder.resolve("forbidden"));
        // A mount of the program's own: nobody else sees it, and it goes with it.
        List<String> before =
                List.of(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o noexec none '" + forbidden + "' && exec \"$@\"",
                        "sh");
        List<String> probe = new ArrayList<>(before);
        probe.add("true");
        assumeTrue(
                new ProcessBuilder(probe).redirectErrorStream(true).start().waitFor() == 0,
                "mounting takes root");
        Run run = serve(before, forbidden, "");
        assertEquals(1, run.code(), run.said());
        assertTrue(run.said().contains("cannot be loaded from " + forbidden), run.said());
        Path own = Files.createDirectory(folder.resolve("own"));
        run = serve(before, forbidden, "native: {folder: " + own + "}\n");
        assertEquals(-1, run.code(), run.said());
    }

    private Run serve(List<String> before, Path temporary, String yaml) throws Exception {
        Path config =
                Files.writeString(
                        folder.resolve("config.yaml"),
                        """
                        asterisk: {ari: {url: "http://127.0.0.1:9/ari"}}
                        http: {port: 0}
                        """
                                + yaml);
        List<String> command = new ArrayList<>(before);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sandalphone.app.Main",
                        "serve",
                        "--config",
                        config.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SANDALPHONE_ARI_PASSWORD", "hunter2");
        builder.environment().put("SANDALPHONE_TOKEN", "0123456789abcdef");
        Process process = builder.start();
        try {
            return read(process);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Run read(Process process) throws IOException, InterruptedException {
        StringBuilder said = new StringBuilder();
        try (var out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said.append(line).append('\n');
                if (line.contains("controller is ready")) {
                    return new Run(-1, said.toString());
                }
            }
        }
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still running: " + said);
        return new Run(process.exitValue(), said.toString());
    }
}
