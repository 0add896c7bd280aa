package io.sandalphone.transport.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A copy of `transport/example`, built by a Maven of its own that knows nothing of this build but what `mvn install` would have put
/// into a repository: the library's jar, its POM and its parent's. What else it needs it takes from the local repository of this
/// build, where everything is already, and downloads nothing.
final class ExampleProject {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path FOLDER = TARGET.resolve("example");
    private static final Path REPOSITORY = TARGET.resolve("example-repository");
    private static final int BUILD_SECONDS = 240;
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private ExampleProject() {}

    /// Builds it.
    static ExampleProject build() throws IOException, InterruptedException {
        delete(FOLDER);
        copy(Path.of("example"), FOLDER);
        Path staged = TARGET.resolve("staged");
        delete(staged);
        delete(REPOSITORY.resolve("io/sandalphone"));
        String version = property("transport.version");
        stage(staged, "transport", version, Path.of("pom.xml"), "pom");
        stage(staged, "transport", version, Path.of(property("transport.jar")), "jar");
        stage(staged, "sandalphone", version, Path.of("../pom.xml"), "pom");
        Path settings = TARGET.resolve("example-settings.xml");
        Files.writeString(settings, settings(staged));
        maven(
                "-B",
                "-ntp",
                "-s",
                settings.toString(),
                "-f",
                FOLDER.resolve("pom.xml").toString(),
                "process-classes");
        return new ExampleProject();
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }

    private static void stage(Path to, String artifact, String version, Path file, String type)
            throws IOException {
        Path folder = to.resolve("io/sandalphone").resolve(artifact).resolve(version);
        Files.createDirectories(folder);
        Files.copy(
                file,
                folder.resolve(artifact + "-" + version + "." + type),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static String settings(Path staged) {
        String library = repository("repository", "staged", staged, true);
        Path cache = Path.of(property("maven.cache"));
        return """
        <settings>
          <localRepository>%s</localRepository>
          <profiles><profile>
            <id>example</id>
            <repositories>%s%s</repositories>
            <pluginRepositories>%s</pluginRepositories>
          </profile></profiles>
          <activeProfiles><activeProfile>example</activeProfile></activeProfiles>
        </settings>
        """
                .formatted(
                        REPOSITORY,
                        library,
                        repository("repository", "cache", cache, false),
                        repository("pluginRepository", "cache", cache, false));
    }

    private static String repository(String element, String id, Path folder, boolean snapshots) {
        return """
        <%1$s>
          <id>%2$s</id><url>%3$s</url>
          <releases><enabled>%4$s</enabled><checksumPolicy>ignore</checksumPolicy></releases>
          <snapshots><enabled>%5$s</enabled><checksumPolicy>ignore</checksumPolicy></snapshots>
        </%1$s>
        """
                .formatted(element, id, folder.toUri(), !snapshots, snapshots);
    }

    private static void maven(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        String home = System.getProperty("maven.home");
        command.add(home == null ? "mvn" : Path.of(home, "bin", "mvn").toString());
        command.addAll(List.of(arguments));
        Path log = TARGET.resolve("example-build.log");
        var process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        process.environment().remove("MAVEN_OPTS");
        Process running = process.start();
        if (!running.waitFor(BUILD_SECONDS, TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw new AssertionError("the example is not built in time: " + Files.readString(log));
        }
        if (running.exitValue() != 0) {
            throw new AssertionError("the example is not built: " + Files.readString(log));
        }
    }

    /// The names of the jars that it runs with.
    List<String> libraries() throws IOException {
        try (Stream<Path> jars = Files.list(FOLDER.resolve("target/lib"))) {
            return jars.map(each -> String.valueOf(each.getFileName())).sorted().toList();
        }
    }

    /// Starts one of its programs with these variables in its environment.
    RunningExample run(String program, Map<String, String> environment) throws IOException {
        String path = FOLDER.resolve("target/classes") + ":" + FOLDER.resolve("target/lib") + "/*";
        var process =
                new ProcessBuilder(
                                JAVA.toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                path,
                                "org.example.calls." + program)
                        .redirectError(TARGET.resolve("example-" + program + ".log").toFile());
        process.environment().putAll(environment);
        return new RunningExample(process.start());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each :
                    all.filter(path -> !path.startsWith(from.resolve("target"))).toList()) {
                Path copy = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(each, copy);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder())
                    .forEach(
                            each -> {
                                try {
                                    Files.delete(each);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
