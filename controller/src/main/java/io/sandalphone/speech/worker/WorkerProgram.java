package io.sandalphone.speech.worker;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A worker as it is started: a program of this project in a Java process of its own, which reads
/// [WorkerRequest]s or [VoiceRequest]s from standard input, writes [WorkerResponse]s or [VoiceResponse]s to
/// standard output, and ends when its input does.
///
/// @param name short, for the names of the threads around it
/// @param main the program
/// @param classPath where it and what it uses are
/// @param heap the most memory for Java objects, such as `48m`; native code takes its own
/// @param environment what it gets beside the environment of this process
/// @param arguments what it is told at its start
/// @param timeout how long it may say nothing while an utterance waits for its words, or a phrase for its sound
public record WorkerProgram(
        String name,
        Class<?> main,
        String classPath,
        String heap,
        Map<String, String> environment,
        List<String> arguments,
        Duration timeout) {
    public WorkerProgram {
        environment = Map.copyOf(environment);
        arguments = List.copyOf(arguments);
    }

    /// The jar or folder `main` came from, for one that needs nothing else.
    public static String ownClasses(Class<?> main) {
        try {
            var source = main.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// All that this process has on its class path.
    public static String everything() {
        return System.getProperty("java.class.path");
    }
}
