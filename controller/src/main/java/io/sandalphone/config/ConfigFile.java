package io.sandalphone.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A file of keys beside the configuration, read as strictly as that, of which each mistake is told with its line: those of
/// [Section] have only a path.
///
/// In their paths `_` and `-` are the same, for files in which they are.
public final class ConfigFile {
    private static final String OWN_TEXT =
            "what is meant itself: nothing is taken from the environment or from credentials here"
                    + " ($${ is a plain ${)";

    private final String source;
    private final ObjectNode keys;
    private final Map<String, Place> places = new HashMap<>();

    /// Where a key stands, and how it is written there.
    private record Place(int line, String path) {}

    private ConfigFile(String source, StrictYaml.Read read) {
        this.source = source;
        keys = read.keys();
        read.lines()
                .forEach(
                        (names, line) -> {
                            String path = path(names);
                            // Of one that stands there twice, written differently, the second.
                            places.merge(
                                    plain(path),
                                    new Place(line, path),
                                    (one, other) -> one.line() > other.line() ? one : other);
                        });
    }

    /// Reads `file`.
    ///
    /// @throws ConfigurationException with every mistake that does not need its keys to be understood
    public static ConfigFile read(Path file) throws ConfigurationException {
        String source = file.toString();
        return new ConfigFile(source, StrictYaml.readWithLines(source, ConfigTree.text(file)));
    }

    /// What stands in it.
    public ObjectNode keys() {
        return keys.deepCopy();
    }

    /// A mistake, not yet located, for each value into which something would be put from the environment or the credentials:
    /// for files of people who are not to read those.
    public List<Problem> references() {
        List<Problem> references = new ArrayList<>();
        findReferences("", keys, references);
        return references;
    }

    private static void findReferences(String at, JsonNode node, List<Problem> references) {
        if (node.isTextual() && Environment.isAskedBy(node.asText())) {
            references.add(new Problem(at, "a ${", OWN_TEXT));
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String behind = Section.named(entry.getKey());
            findReferences(at.isEmpty() ? behind : at + "." + behind, entry.getValue(), references);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                findReferences(at + "[" + i + "]", node.get(i), references);
            }
        }
    }

    /// `problem` with the file, and the line on which its key stands; of a key that is missing, the line of the section in
    /// which it should stand.
    public Problem located(Problem problem) {
        String path = plain(problem.key());
        for (int end = path.length(); end > 0; end = partBefore(path, end)) {
            Place place = places.get(path.substring(0, end));
            if (place != null) {
                return new Problem(
                        source
                                + ":"
                                + place.line()
                                + ": "
                                + place.path()
                                + problem.key().substring(end),
                        problem.found(),
                        problem.expected());
            }
        }
        return new Problem(source + ": " + problem.key(), problem.found(), problem.expected());
    }

    /// Where the last part of the path ends before `end`: a key, or an entry of a list.
    private static int partBefore(String path, int end) {
        return Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1));
    }

    private static String plain(String path) {
        return path.replace('_', '-');
    }

    /// The path of a key by the names of the sections around it and its own, as [Problem#key] has it.
    public static String path(String... names) {
        return path(List.of(names));
    }

    private static String path(List<String> names) {
        var path = new StringBuilder();
        for (String name : names) {
            if (name.startsWith("[")) {
                path.append(name);
            } else {
                path.append(path.isEmpty() ? "" : ".").append(Section.named(name));
            }
        }
        return path.toString();
    }
}
