package io.sandalphone.harness.attack;

import io.sandalphone.harness.lab.Command;
import io.sandalphone.harness.lab.Project;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What `asterisk-conf/render` makes of a file of values.
///
/// @param code its exit code
/// @param text all it printed
/// @param folder what it wrote, if anything
public record Rendering(int code, String text, Path folder) {
    /// Values of a server that could be real, over those of `values.example`.
    private static final Map<String, String> GOOD =
            Map.of(
                    "TRUNK_PASSWORD", "kX3-pq9ZrT_41vb",
                    "TRUNK_ACCOUNT", "234567_gateway",
                    "TRUNK_ADDRESSES", "208.100.60.10 208.100.60.11",
                    "SIP_BIND", "208.100.60.2:5060",
                    "ARI_SECRET", "Zq8-Jw2_mN5xR7tYbC4v",
                    "FALLBACK_ROUTES", "+12125550101=+525512345678");

    /// The values that [#of] begins with, by their keys.
    public static Map<String, String> good() throws IOException {
        Map<String, String> values = example();
        GOOD.forEach(
                (key, value) -> {
                    if (values.containsKey(key)) {
                        values.put(key, value);
                    }
                });
        // Whatever else is an example's is filled in alike.
        values.replaceAll(
                (key, value) ->
                        value.contains("192.0.2.") || value.contains("198.51.100.")
                                ? "208.100.60.0/24"
                                : value);
        return values;
    }

    /// The values of `values.example` as it stands.
    public static Map<String, String> example() throws IOException {
        Map<String, String> values = new TreeMap<>();
        for (String line : Files.readAllLines(Project.file("asterisk-conf/values.example"))) {
            int end = line.indexOf('=');
            if (end > 0 && !line.startsWith("#")) {
                values.put(
                        line.substring(0, end), line.substring(end + 1).replaceAll("^\"|\"$", ""));
            }
        }
        return values;
    }

    /// Renders the good values with `changes`.
    public static Rendering of(Path place, Map<String, String> changes) throws IOException {
        Map<String, String> values = good();
        values.putAll(changes);
        return of(
                place,
                values.entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue())
                        .toList());
    }

    /// Renders a file of these lines.
    public static Rendering of(Path place, List<String> lines) throws IOException {
        Path run = Files.createTempDirectory(place, "render");
        Path file = Files.write(run.resolve("values"), lines, StandardCharsets.UTF_8);
        Path folder = run.resolve("rendered");
        Command.Result result =
                Command.attempt(
                        List.of(
                                Project.renderScript().toString(),
                                file.toString(),
                                folder.toString()));
        return new Rendering(result.status(), result.output(), folder);
    }

    /// Whether it wrote nothing, and named `key` as wrong.
    public boolean refuses(String key) throws IOException {
        return code == 2 && text.contains(key) && files().isEmpty();
    }

    /// What it wrote.
    public List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Override
    public String toString() {
        return "exit " + code + ", " + text;
    }
}
