package io.sandalphone.harness.attack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The tests of items that happen inside the process, where no attack from outside can be aimed: run
/// by name, all in one virtual machine of their own.
final class NamedTests {
    private static final int LONGEST_SECONDS = 900;

    /// How many cases of each parameterized test a quick run takes; the others are run by the build.
    private static final int QUICK_CASES = 3;

    private static final int ALL_CASES = 0;

    /// Among the compiled tests, as it needs JUnit.
    private static final String RUNNER = "io.sandalphone.harness.attack.NamedTestRun";

    /// Where the build puts JUnit, beside the compiled tests.
    private static final String JUNIT = "test-lib";

    private final Map<String, List<TestResult>> results;
    private final String trouble;

    private NamedTests(Map<String, List<TestResult>> results, String trouble) {
        this.results = results;
        this.trouble = trouble;
    }

    /// How one test went; `failure` is empty when it passed.
    record TestResult(String test, String failure, Duration took) {}

    /// Runs what belongs to `numbers` in the background. `classes` are the folders of compiled
    /// tests.
    static CompletableFuture<NamedTests> run(
            List<Integer> numbers, List<Path> classes, Effort effort) {
        var names = new TreeSet<String>();
        numbers.forEach(number -> names.addAll(NamedTestList.of(number)));
        return CompletableFuture.supplyAsync(
                () -> runAll(List.copyOf(names), classes, effort),
                task -> Thread.ofPlatform().start(task));
    }

    private static NamedTests runAll(List<String> names, List<Path> classes, Effort effort) {
        if (names.isEmpty()) {
            return new NamedTests(Map.of(), "");
        }
        List<Path> missing = classes.stream().filter(each -> !Files.isDirectory(each)).toList();
        if (!missing.isEmpty()) {
            return new NamedTests(Map.of(), "no compiled tests in " + missing);
        }
        try {
            return read(names, classes, effort.of(QUICK_CASES, ALL_CASES));
        } catch (IOException e) {
            return new NamedTests(Map.of(), "the tests did not run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new NamedTests(Map.of(), "interrupted");
        }
    }

    private static NamedTests read(List<String> names, List<Path> classes, int cases)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("sandalphone-named-tests", ".log");
        Path report = Files.createTempFile("sandalphone-named-tests", ".report");
        try {
            List<String> command = new ArrayList<>();
            // Others try what happens in real time meanwhile.
            command.addAll(List.of("nice", "-n", "10"));
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(
                    List.of(
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-XX:+EnableDynamicAgentLoading",
                            "-cp",
                            classPath(classes),
                            RUNNER,
                            report.toString(),
                            Integer.toString(cases)));
            command.addAll(names);
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Map<String, List<TestResult>> results = new HashMap<>();
            for (String line : Files.readAllLines(report)) {
                String[] parts = line.split("\t", -1);
                results.computeIfAbsent(parts[0], _ -> new ArrayList<>())
                        .add(
                                new TestResult(
                                        parts[1],
                                        parts[2],
                                        Duration.ofMillis(Long.parseLong(parts[3]))));
            }
            String trouble = process.exitValue() == 0 ? "" : lastLines(output);
            return new NamedTests(results, trouble);
        } finally {
            Files.delete(output);
            Files.delete(report);
        }
    }

    private static String classPath(List<Path> classes) {
        return String.join(
                File.pathSeparator,
                Stream.concat(
                                classes.stream().map(Path::toString),
                                Stream.concat(
                                        classes.stream().map(NamedTests::junit),
                                        Stream.of(System.getProperty("java.class.path"))))
                        .toList());
    }

    private static String junit(Path testClasses) {
        return testClasses.resolveSibling(JUNIT).resolve("*").toString();
    }

    private static String lastLines(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return "the virtual machine of the tests failed: "
                + text.substring(Math.max(0, text.length() - 300));
    }

    /// Writes down how the tests of an item went, and returns how long they took.
    Duration judge(int number, Tries tries) {
        Duration took = Duration.ZERO;
        for (String name : NamedTestList.of(number)) {
            List<TestResult> all = results.getOrDefault(name, List.of());
            if (all.isEmpty()) {
                tries.broken(name, trouble.isEmpty() ? "there is no such test" : trouble);
            }
            for (TestResult result : all) {
                tries.check(result.test(), result.failure().isEmpty(), result::failure);
                took = took.plus(result.took());
            }
        }
        return took;
    }
}
