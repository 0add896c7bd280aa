package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// The launchers in a checkout as a service's user finds it: somebody else's, not to be written, without
/// Maven, without HOME. The jar in it says only how it was called.
class LauncherTest {
    /// The program in the jar.
    static final class Echo {
        private Echo() {}

        public static void main(String[] args) {
            System.out.println("called with " + String.join(" ", args));
        }
    }

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    @TempDir private Path folder;
    private Path checkout;
    private Path jar;
    private Path config;

    /// What a script printed, and how it ended.
    private record Run(int code, String out, String err) {}

    @BeforeEach
    void checkOut() throws Exception {
        // Whoever runs the script must come here.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        checkout = Files.createDirectories(folder.resolve("checkout"));
        copy(Path.of("../scripts"), checkout.resolve("scripts"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Path sources = Files.createDirectories(checkout.resolve("controller/src/main/java"));
        Files.writeString(sources.resolve("A.java"), "class A {}");
        Files.writeString(checkout.resolve("controller/pom.xml"), "<project/>");
        jar = checkout.resolve("controller/target/sandalphone.jar");
        config = Files.writeString(folder.resolve("config.yaml"), "{}\n");
    }

    private void build(Instant when) throws IOException {
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        String name = Echo.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = Echo.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            if (in == null) {
                throw new IOException("missing: " + name);
            }
            in.transferTo(out);
        }
        Files.setLastModifiedTime(jar, FileTime.from(when));
    }

    @Test
    void what_is_built_runs_though_nothing_can_be_built() throws Exception {
        build(Instant.now().plusSeconds(60));
        assertEquals(
                new Run(0, "called with serve --config " + config + "\n", ""),
                asServiceUser("run", "--config", config.toString()));
    }

    @Test
    void what_comes_before_the_file_is_passed_on() throws Exception {
        build(Instant.now().plusSeconds(60));
        String rest =
                " --port 9000 --host 127.0.0.1 --ws-url wss://gw.example.org --log-level fatal\n";
        assertEquals(
                new Run(0, "called with serve --config " + config + rest, ""),
                asServiceUser(
                        "run",
                        "-p",
                        "9000",
                        "--host",
                        "127.0.0.1",
                        "-c",
                        config.toString(),
                        "--ws-url",
                        "wss://gw.example.org",
                        "--log-level",
                        "fatal"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--port 9000", "--config", "-c x --sing", "-c missing.yaml"})
    void a_wrong_command_line_of_run_gives_2_and_a_reason(String line) throws Exception {
        List<String> command = new ArrayList<>(List.of("run"));
        if (!line.isEmpty()) {
            command.addAll(List.of(line.split(" ", -1)));
        }
        Run wrong = asServiceUser(command.toArray(String[]::new));
        assertEquals(2, wrong.code(), wrong.err());
        assertTrue(wrong.err().startsWith("scripts/run: "), wrong.err());
    }

    @Test
    void an_older_build_runs_and_the_reason_is_said() throws Exception {
        build(Instant.EPOCH);
        Run run = asServiceUser("run", "--config", config.toString());
        assertEquals(0, run.code(), run.err());
        assertEquals("called with serve --config " + config + "\n", run.out());
        assertEquals(
                "scripts/run: running the last build, which is older than the sources: there is no"
                        + " Maven (mvn)\n",
                run.err());
    }

    @Test
    void sources_that_cannot_be_read_are_no_reason_to_stop() throws Exception {
        build(Instant.now().plusSeconds(60));
        Files.setPosixFilePermissions(
                checkout.resolve("controller/src"), PosixFilePermissions.fromString("---------"));
        Run run = asServiceUser("run", "--config", config.toString());
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.err());
        Files.setPosixFilePermissions(
                checkout.resolve("controller/src"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --config", "doctor --config", "config --check"})
    void without_a_build_each_says_what_to_do(String line) throws Exception {
        List<String> command = new ArrayList<>(List.of(line.split(" ", -1)));
        command.add(config.toString());
        Run run = asServiceUser(command.toArray(String[]::new));
        assertEquals(1, run.code());
        assertTrue(
                run.err()
                        .startsWith(
                                "scripts/"
                                        + command.getFirst()
                                        + ": the controller is not built: there is no Maven"
                                        + " (mvn).\n"
                                        + "As a user who may write to "
                                        + checkout
                                        + ", with Maven: mvn -f "),
                run.err());
    }

    @Test
    void a_maven_that_may_write_nowhere_is_not_started() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path mvn = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\necho started >&2\nexit 1\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        build(Instant.EPOCH);
        Run homeless =
                asServiceUser(
                        Map.of("PATH", bin + ":/usr/bin:/bin"),
                        "run",
                        "--config",
                        config.toString());
        assertEquals(0, homeless.code(), homeless.err());
        assertTrue(homeless.err().contains("Maven needs a HOME it may write to"), homeless.err());
        assertFalse(homeless.err().contains("started"), homeless.err());
    }

    @Test
    void a_build_that_fails_leaves_the_last_one_to_run() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path mvn = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\necho started >&2\nexit 1\n");
        Files.setPosixFilePermissions(mvn, PosixFilePermissions.fromString("rwxr-xr-x"));
        build(Instant.EPOCH);
        Run run =
                run(
                        List.of(),
                        Map.of("PATH", bin + ":/usr/bin:/bin", "HOME", folder.toString()),
                        "run",
                        "--config",
                        config.toString());
        assertEquals(0, run.code(), run.err());
        assertTrue(run.err().contains("started"), run.err());
        assertTrue(run.err().contains("older than the sources: the build failed"), run.err());
    }

    @Test
    void a_configuration_is_checked_and_printed() throws Exception {
        build(Instant.now().plusSeconds(60));
        for (String option : List.of("--check", "--print", "--fallback-routes")) {
            assertEquals(
                    new Run(0, "called with config " + option + " " + config + "\n", ""),
                    asServiceUser("config", option, config.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "--check", "--print", "--sing", "--check a b", "--check missing.yaml"})
    void a_wrong_command_line_of_config_gives_2_and_a_reason(String line) throws Exception {
        List<String> command = new ArrayList<>(List.of("config"));
        if (!line.isEmpty()) {
            command.addAll(List.of(line.split(" ", -1)));
        }
        Run wrong = asServiceUser(command.toArray(String[]::new));
        assertEquals(2, wrong.code(), wrong.err());
        assertTrue(wrong.err().startsWith("scripts/config: "), wrong.err());
        assertEquals("", wrong.out());
    }

    private Run asServiceUser(String... line) throws Exception {
        return asServiceUser(Map.of("PATH", withoutMaven().toString()), line);
    }

    /// With nobody's rights where we are root, and where nothing may be written; without HOME.
    private Run asServiceUser(Map<String, String> environment, String... line) throws Exception {
        return run(
                ROOT
                        ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                        : List.of(),
                environment,
                line);
    }

    /// A folder with the commands that a script uses, and no `mvn`.
    private Path withoutMaven() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("commands"));
        for (String command :
                List.of(
                        "bash",
                        "cat",
                        "cut",
                        "dirname",
                        "env",
                        "find",
                        "grep",
                        "head",
                        "id",
                        "readlink",
                        "sed",
                        "setpriv")) {
            Path link = bin.resolve(command);
            if (Files.notExists(link)) {
                Files.createSymbolicLink(link, Path.of("/usr/bin").resolve(command));
            }
        }
        return bin;
    }

    private Run run(List<String> before, Map<String, String> environment, String... line)
            throws Exception {
        List<String> command = new ArrayList<>(before);
        command.add(checkout.resolve("scripts").resolve(line[0]).toString());
        command.addAll(List.of(line).subList(1, line.length));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(Path.of("/").toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Run(code, Files.readString(out), Files.readString(err));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path visited, BasicFileAttributes attributes) throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(visited).toString()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes)
                            throws IOException {
                        Files.copy(visited, to.resolve(from.relativize(visited).toString()));
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
