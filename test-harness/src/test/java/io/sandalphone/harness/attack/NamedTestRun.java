package io.sandalphone.harness.attack;

import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/// Runs single tests in a virtual machine of their own.
///
/// The first argument is the file to which a line for each is written: its name as it was asked for,
/// what ran, why it failed (empty when it did not), how many milliseconds it took. The second is how
/// many cases of each parameterized test are run, the first ones; 0: all. The others are
/// `class#method`.
final class NamedTestRun {
    private NamedTestRun() {}

    public static void main(String[] arguments) {
        var report = new Report(Path.of(arguments[0]));
        int cases = Integer.parseInt(arguments[1]);
        Launcher launcher = LauncherFactory.create();
        for (String name : List.of(arguments).subList(2, arguments.length)) {
            // Of what is not in the report it is known that there is no such test.
            List<DiscoverySelector> selectors = selectors(name, cases);
            if (!selectors.isEmpty()) {
                report.name = name;
                launcher.execute(
                        LauncherDiscoveryRequestBuilder.request().selectors(selectors).build(),
                        report);
            }
        }
        // What the tests left running ends with them.
        System.exit(0);
    }

    private static List<DiscoverySelector> selectors(String name, int cases) {
        String method = name.substring(name.indexOf('#') + 1);
        List<DiscoverySelector> selectors = new ArrayList<>();
        try {
            Class<?> type = Class.forName(name.substring(0, name.indexOf('#')));
            for (Method each : type.getDeclaredMethods()) {
                if (each.getName().equals(method)) {
                    MethodSelector all = DiscoverySelectors.selectMethod(type, each);
                    selectors.add(
                            cases == 0
                                    ? all
                                    : DiscoverySelectors.selectIteration(
                                            all, IntStream.range(0, cases).toArray()));
                }
            }
        } catch (ClassNotFoundException _) {
            // As if it had no tests.
        }
        return selectors;
    }

    private static final class Report implements TestExecutionListener {
        private final Path file;
        private final Map<String, Long> begun = new ConcurrentHashMap<>();
        private String name = "";

        Report(Path file) {
            this.file = file;
        }

        @Override
        public void executionStarted(TestIdentifier test) {
            begun.put(test.getUniqueId(), System.nanoTime());
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean failed = result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
            // A container that fails, such as a class that cannot be set up, has no tests to tell
            // of.
            if (test.isTest() || failed) {
                write(test, failed ? reason(result) : "");
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            write(test, "skipped: " + reason);
        }

        private static String reason(TestExecutionResult result) {
            return result.getThrowable().map(Tries::message).orElse("it failed");
        }

        private void write(TestIdentifier test, String failure) {
            String shortName = name.substring(name.lastIndexOf('.', name.indexOf('#')) + 1);
            String ran =
                    test.getDisplayName().startsWith(name.substring(name.indexOf('#') + 1))
                            ? shortName
                            : shortName + " " + test.getDisplayName();
            long now = System.nanoTime();
            long took = now - begun.getOrDefault(test.getUniqueId(), now);
            List<String> fields =
                    new ArrayList<>(List.of(name, ran, failure, Long.toString(took / 1_000_000)));
            fields.replaceAll(field -> field.replaceAll("[\t\r\n]+", " "));
            try {
                Files.writeString(
                        file, String.join("\t", fields) + "\n", StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
