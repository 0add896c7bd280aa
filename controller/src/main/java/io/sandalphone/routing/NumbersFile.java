package io.sandalphone.routing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.config.ConfigFile;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.FileStamp;
import io.sandalphone.config.Problem;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The file of called numbers beside the configuration (`numbers-file`), which may change while we run: `dids:`, each called
/// number with what becomes of calls to it. It is read as a whole, and held against the routes of the configuration, which stay
/// what they are.
///
/// Thread-safe. Reading blocks.
public final class NumbersFile {
    private static final String DIDS = "dids";
    private static final String HOURS = "hours";
    private static final ObjectNode EMPTY = JsonNodeFactory.instance.objectNode();
    private static final String ONCE = "each number once: under routes, or here";
    private static final String WRITTEN_ONCE = "each number once, however it is written";
    private static final String NOT_RUNG =
            "a number to which no route leads: a call there would come back";

    private final Path path;
    private final Rules rules;
    private volatile FileStamp lastRead;
    private volatile List<Problem> doubtful = List.of();

    /// What the file is held against. `routes` are those of the configuration, `defaults` its `route-defaults`. `zone` is where
    /// the hours of numbers are meant that name no other place, `environment` is for what stands as `${NAME}` in `defaults`: in the
    /// file itself it is a mistake.
    public record Rules(
            RouteTable routes,
            ObjectNode defaults,
            RouteRules checks,
            ZoneId zone,
            Map<String, String> environment) {
        public Rules {
            defaults = defaults.deepCopy();
            environment = Map.copyOf(environment);
        }
    }

    /// What else must hold of a number, as only the running gateway knows: mistakes whose key is one of the number's own.
    @FunctionalInterface
    public interface Check {
        /// Nothing else must.
        Check NONE = _ -> List.of();

        /// What does not hold of `route`.
        List<Problem> of(Route route);
    }

    /// What a file came to: all routes there are, and how many of them are the file's.
    public record Read(RouteTable routes, int numbers) {}

    public NumbersFile(Path path, Rules rules) {
        this.path = path;
        this.rules = rules;
        lastRead = FileStamp.of(path);
    }

    public Path path() {
        return path;
    }

    /// The routes of the configuration alone.
    public RouteTable configured() {
        return rules.routes();
    }

    /// What the file was when it was read last, right or wrong.
    public FileStamp lastRead() {
        return lastRead;
    }

    /// Keys of the file as it was read last that are kept in `extra`, and are written nearly as one that means something: each
    /// with its line. They are no mistakes by themselves.
    public List<Problem> doubtful() {
        return doubtful;
    }

    /// Reads the file, and joins its numbers to the routes of the configuration.
    ///
    /// @throws ConfigurationException with every mistake, each with its line and key, and after them what is doubtful
    public Read read(Check check) throws ConfigurationException {
        // Before it: what changes meanwhile is read again.
        lastRead = FileStamp.of(path);
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            // Of a pipe nothing might ever come, and the gateway would not even stop.
            throw new ConfigurationException(
                    List.of(new Problem(path.toString(), "no plain file", "a readable YAML file")));
        }
        ConfigFile file = ConfigFile.read(path);
        doubtful = doubtful(file.keys()).map(file::located).toList();
        try {
            refuse(file.references());
            Section root = Section.root(withDashes(file.keys()), rules.environment());
            Section dids = root.section(DIDS);
            Map<String, Route> numbers = numbers(root, dids);
            List<Problem> problems = new ArrayList<>();
            numbers.forEach(
                    (number, route) ->
                            check.of(route)
                                    .forEach(problem -> problems.add(under(number, problem))));
            refuse(problems);
            return new Read(rules.routes().with(numbers), numbers.size());
        } catch (ConfigurationException mistaken) {
            throw new ConfigurationException(
                    Stream.concat(
                                    mistaken.problems().stream().map(file::located),
                                    doubtful.stream())
                            .toList());
        }
    }

    private Stream<Problem> doubtful(ObjectNode tree) {
        return tree.path(DIDS).properties().stream()
                .flatMap(
                        did ->
                                did.getValue()
                                        .propertyStream()
                                        .flatMap(entry -> doubt(did.getKey(), entry.getKey())));
    }

    private Stream<Problem> doubt(String number, String key) {
        return NumberReader.meantBy(key.replace('_', '-'), rules.defaults()).stream()
                .map(
                        meant ->
                                new Problem(
                                        ConfigFile.path(DIDS, number, key),
                                        "an unknown key, which is kept in extra",
                                        meant));
    }

    private static void refuse(List<Problem> problems) throws ConfigurationException {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private static Problem under(String number, Problem problem) {
        return new Problem(
                ConfigFile.path(DIDS, number) + "." + problem.key(),
                problem.found(),
                problem.expected());
    }

    private Map<String, Route> numbers(Section root, Section dids) throws ConfigurationException {
        Map<String, ObjectNode> own = new LinkedHashMap<>();
        dids.raw()
                .properties()
                .forEach(
                        entry -> {
                            if (entry.getValue() instanceof ObjectNode keys) {
                                own.put(entry.getKey(), keys);
                            }
                        });
        Map<String, Section> sections = dids.sections(rules.defaults());
        Set<String> ours = new HashSet<>();
        rules.routes().keys().forEach(number -> ours.add(RouteTable.digits(number)));
        sections.keySet().forEach(number -> ours.add(RouteTable.digits(number)));
        var reader =
                new NumberReader(
                        new RouteReader(
                                rules.checks(), rules.defaults().path("via").asText(), ours),
                        rules);
        Set<String> seen = new HashSet<>();
        Map<String, Setting<Map.Entry<String, Route>>> read = new LinkedHashMap<>();
        sections.forEach(
                (number, section) -> {
                    String digits = RouteTable.digits(number);
                    refuse(section, ONCE, rules.routes().has(digits));
                    refuse(
                            section,
                            NOT_RUNG,
                            rules.routes().rings(digits)
                                    || rules.checks().rung().get().contains(digits));
                    refuse(section, WRITTEN_ONCE, !seen.add(digits));
                    read.put(number, reader.read(section, own.getOrDefault(number, EMPTY)));
                });
        return root.finish(
                root.make(
                        () -> {
                            Map<String, Route> numbers = new LinkedHashMap<>();
                            read.values()
                                    .forEach(
                                            route ->
                                                    numbers.put(
                                                            route.get().getKey(),
                                                            route.get().getValue()));
                            return numbers;
                        }));
    }

    private static void refuse(Section number, String expected, boolean wrong) {
        var _ =
                number.name(
                        expected,
                        _ -> {
                            if (wrong) {
                                throw new IllegalArgumentException();
                            }
                        });
    }

    /// Here `_` and `-` are the same in what a number's section says, and in its hours.
    private static ObjectNode withDashes(ObjectNode tree) throws ConfigurationException {
        List<Problem> problems = new ArrayList<>();
        if (tree.get(DIDS) instanceof ObjectNode dids) {
            for (Map.Entry<String, JsonNode> did : dids.deepCopy().properties()) {
                if (did.getValue() instanceof ObjectNode keys) {
                    String at = ConfigFile.path(DIDS, did.getKey());
                    ObjectNode plain = withDashes(at, keys, problems);
                    if (plain.get(HOURS) instanceof ObjectNode hours) {
                        plain.set(HOURS, withDashes(at + "." + HOURS, hours, problems));
                    }
                    dids.set(did.getKey(), plain);
                }
            }
        }
        refuse(problems);
        return tree;
    }

    private static ObjectNode withDashes(String at, ObjectNode keys, List<Problem> problems) {
        ObjectNode plain = keys.objectNode();
        keys.properties()
                .forEach(
                        entry -> {
                            String key = entry.getKey().replace('_', '-');
                            if (plain.replace(key, entry.getValue()) != null) {
                                problems.add(
                                        new Problem(
                                                at + "." + key,
                                                "a key that stands there twice",
                                                "each key once: _ and - are the same here"));
                            }
                        });
        return plain;
    }
}
