package io.sandalphone.harness.attack;

import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Runs single tests in a virtual machine of their own. The first argument is the file to which a
/// line for each is written: its name as it was asked for, what ran, why it failed (empty when it
/// did not). The others are `class#method`; of a parameterized test every case is run.
final class NamedTestRun {
    private NamedTestRun() {}

    public static void main(String[] arguments) {
        List<String> names = List.of(arguments).subList(1, arguments.length);
        var report = new Report(Path.of(arguments[0]));
        Launcher launcher = LauncherFactory.create();
        for (String name : names) {
            if (!isThere(name.substring(0, name.indexOf('#')))) {
                // Of what is not in the report it is known that there is no such test.
                continue;
            }
            String method = name.substring(name.indexOf('#') + 1);
            LauncherDiscoveryRequest request =
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(
                                    DiscoverySelectors.selectClass(
                                            name.substring(0, name.indexOf('#'))))
                            .filters(
                                    (PostDiscoveryFilter)
                                            test ->
                                                    FilterResult.includedIf(
                                                            test.getSource()
                                                                    .filter(
                                                                            MethodSource.class
                                                                                    ::isInstance)
                                                                    .map(MethodSource.class::cast)
                                                                    .map(
                                                                            MethodSource
                                                                                    ::getMethodName)
                                                                    .map(method::equals)
                                                                    .orElse(true)))
                            .build();
            report.name = name;
            launcher.execute(request, report);
        }
        // What the tests left running ends with them.
        System.exit(0);
    }

    private static boolean isThere(String type) {
        try {
            Class<?> _ = Class.forName(type);
            return true;
        } catch (ClassNotFoundException _) {
            return false;
        }
    }

    private static final class Report implements TestExecutionListener {
        private final Path file;
        private String name = "";

        Report(Path file) {
            this.file = file;
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
            List<String> fields = new ArrayList<>(List.of(name, ran, failure));
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
