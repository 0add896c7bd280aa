package io.sandalphone.harness.controller;

import io.sandalphone.harness.lab.Project;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a controller is run.
///
/// @param before the words of a command that runs another one, such as `setpriv`; usually none
/// @param java the arguments of `java` up to the main class or the jar
/// @param folder where its configuration and its log are kept; without one they go when it is closed
public record ControllerProgram(List<String> before, List<String> java, Optional<Path> folder) {
    /// From this virtual machine's own class path, set up to start soon, which is what tests need.
    public static final ControllerProgram QUICK =
            ofClassPath(
                    List.of(
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx512m",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow"));

    public ControllerProgram {
        before = List.copyOf(before);
        java = List.copyOf(java);
    }

    /// The same, run by another command: `before` and then what is run here.
    public ControllerProgram runBy(String... before) {
        return new ControllerProgram(List.of(before), java, folder);
    }

    /// The same class path with production's virtual machine: dearer to start, cheaper to run.
    /// `more` are further options for it.
    public static ControllerProgram asInProduction(List<String> more) {
        return ofClassPath(productionWith(more));
    }

    /// `jar` as it is run in production, with `more` options for its virtual machine. What it leaves
    /// stays in `folder`.
    public static ControllerProgram ofJar(Path jar, List<String> more, Path folder) {
        List<String> java = productionWith(more);
        java.addAll(List.of("-jar", jar.toString()));
        return new ControllerProgram(List.of(), java, Optional.of(folder));
    }

    private static ControllerProgram ofClassPath(List<String> options) {
        List<String> java = new ArrayList<>(options);
        java.addAll(
                List.of("-cp", System.getProperty("java.class.path"), "io.sandalphone.app.Main"));
        return new ControllerProgram(List.of(), java, Optional.empty());
    }

    private static List<String> productionWith(List<String> more) {
        List<String> options = new ArrayList<>(List.of("@" + Project.jvmOptions()));
        options.addAll(more);
        return options;
    }
}
