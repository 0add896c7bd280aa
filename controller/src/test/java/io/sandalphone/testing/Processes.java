package io.sandalphone.testing;

import java.io.IOException;
import java.util.stream.Stream;

/// The processes these tests have started.
public final class Processes {
    private Processes() {}

    /// Those below this JVM whose program's name begins with `name`.
    public static Stream<ProcessHandle> ofThisJvm(String name) {
        return ProcessHandle.current()
                .descendants()
                .filter(
                        process ->
                                process.info()
                                        .command()
                                        .map(path -> path.substring(path.lastIndexOf('/') + 1))
                                        .filter(program -> program.startsWith(name))
                                        .isPresent());
    }

    /// Makes one stand still without ending it.
    public static void stop(ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    }
}
