package io.sandalphone.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Reads the keys of one section of a configuration as typed values. A mistake is noted and reading
/// goes on, so that a whole file is judged at once; what nobody read is a mistake as well, so the
/// code that reads is the one list of keys there are.
///
/// ```java
/// Setting<Integer> port = http.integer("port", 1, 65_535);
/// Setting<Duration> timeout = http.duration("timeout", Duration.ZERO, Duration.ofMinutes(1));
/// return http.make(() -> new HttpSettings(port.get(), timeout.get()));
/// ```
///
/// One thread reads.
public final class Section {
    private static final int LONGEST_FOUND = 80;

    private final String path;
    private final String name;
    // Null when there is no such section, which is noted already: its keys are not asked for.
    private final @Nullable ObjectNode keys;
    private final Environment environment;
    private final List<Problem> problems;
    private final ObjectNode effective;
    private final Map<String, @Nullable Section> read = new LinkedHashMap<>();
    // Keys that need not stand here, whether they were read or not.
    private final Set<String> optional = new LinkedHashSet<>();
    // Those that stand in lists.
    private final List<Section> listed = new ArrayList<>();

    private Section(
            String path,
            String name,
            @Nullable ObjectNode keys,
            Environment environment,
            List<Problem> problems,
            ObjectNode effective) {
        this.path = path;
        this.name = name;
        this.keys = keys;
        this.environment = environment;
        this.problems = problems;
        this.effective = effective;
    }

    /// The whole of `tree` as it stands.
    public static Section root(ObjectNode tree) {
        return root(tree, Environment.plain());
    }

    /// The whole of `tree`, with `environment` for what stands as `${NAME}` in it.
    public static Section root(ObjectNode tree, Map<String, String> environment) {
        return root(tree, Environment.of(environment));
    }

    private static Section root(ObjectNode tree, Environment environment) {
        return new Section(
                "",
                "",
                tree.deepCopy(),
                environment,
                new ArrayList<>(),
                JsonNodeFactory.instance.objectNode());
    }

    /// Text with at least one character.
    public Setting<String> text(String key) {
        return value(key, "text", text -> text);
    }

    /// The same, which may have several lines.
    public Setting<String> prose(String key) {
        JsonNode node = node(key);
        if (keys == null) {
            return Setting.missing();
        }
        Setting<String> setting = prose(path(key), node);
        if (setting.isPresent()) {
            effective.set(key, shown(node, false));
        }
        return setting;
    }

    private Setting<String> prose(String at, @Nullable JsonNode node) {
        return parsed(at, node, "text", false, Invisible::inLines, String::strip);
    }

    /// A password or token: what stands there is never shown.
    public Setting<Secret> secret(String key) {
        return scalar(key, "a secret", true, Secret::new);
    }

    public Setting<Boolean> flag(String key) {
        return value(
                key,
                "true or false",
                text ->
                        switch (text) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw new IllegalArgumentException();
                        });
    }

    /// A whole number from `least` to `most`, both included.
    public Setting<Integer> integer(String key, int least, int most) {
        return value(
                key,
                "a whole number from " + least + " to " + most,
                text -> {
                    int number = Integer.parseInt(text);
                    require(number >= least && number <= most);
                    return number;
                });
    }

    /// A number from `least` to `most`, both included.
    public Setting<Double> number(String key, double least, double most) {
        return value(
                key,
                "a number from " + least + " to " + most,
                text -> {
                    double number = Double.parseDouble(text);
                    require(number >= least && number <= most);
                    return number;
                });
    }

    /// A length of time from `least` to `most`, both included.
    public Setting<Duration> duration(String key, Duration least, Duration most) {
        return value(key, expected(least, most), text -> parsed(text, least, most));
    }

    /// The same, unless it is `none`.
    public Setting<Optional<Duration>> durationOrNone(String key, Duration least, Duration most) {
        return valueOrNone(key, expected(least, most), text -> parsed(text, least, most));
    }

    private static String expected(Duration least, Duration most) {
        return "a length of time from %s to %s, such as 500ms, 30s, 60m, 2h or PT1M30S"
                .formatted(Durations.format(least), Durations.format(most));
    }

    private static Duration parsed(String text, Duration least, Duration most) {
        Duration duration = Durations.parse(text);
        require(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
        return duration;
    }

    /// An address with the scheme `secure`, or with `plain` when the host is this machine, and without
    /// a user or password in it.
    public Setting<URI> uri(String key, String secure, String plain) {
        return value(
                key, Endpoint.expected(secure, plain), text -> Endpoint.parse(text, secure, plain));
    }

    /// One of the constants of `type`, in lower case with dashes.
    public <E extends Enum<E>> Setting<E> choice(String key, Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return value(
                key,
                "one of " + String.join(", ", words.keySet()),
                text -> {
                    E constant = words.get(text);
                    if (constant == null) {
                        throw new IllegalArgumentException();
                    }
                    return constant;
                });
    }

    /// Whatever `parse` makes of the text; it throws `IllegalArgumentException` when it is not what
    /// was `expected`.
    public <T> Setting<T> value(String key, String expected, Function<String, T> parse) {
        return scalar(key, expected, false, parse);
    }

    private <T> Setting<T> scalar(
            String key, String expected, boolean secret, Function<String, T> parse) {
        JsonNode node = node(key);
        if (keys == null) {
            return Setting.missing();
        }
        Setting<T> setting = parsed(path(key), node, expected, secret, parse);
        if (setting.isPresent()) {
            effective.set(key, shown(node, secret));
        }
        return setting;
    }

    /// What `parse` makes of the text, unless that is `none`.
    public <T> Setting<Optional<T>> valueOrNone(
            String key, String expected, Function<String, T> parse) {
        return value(
                key,
                expected + ", or none",
                text -> text.equals("none") ? Optional.empty() : Optional.of(parse.apply(text)));
    }

    /// An IP address, not a name.
    public Setting<InetAddress> ipAddress(String key) {
        return value(key, "an IP address such as 127.0.0.1 or ::1", InetAddress::ofLiteral);
    }

    /// A time zone.
    public Setting<ZoneId> timeZone(String key) {
        return value(key, "a time zone such as UTC or America/Mexico_City", Section::zone);
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a time zone: " + id, e);
        }
    }

    /// A list, each entry of which `parse` turns into a value or throws
    /// `IllegalArgumentException` when it is not what was `expected`.
    public <T> Setting<List<T>> list(String key, String expected, Function<String, T> parse) {
        JsonNode node = node(key);
        if (keys == null) {
            return Setting.missing();
        }
        if (!(node instanceof ArrayNode entries)) {
            problem(key, found(node), "a list, each entry " + expected);
            return Setting.missing();
        }
        List<T> values = new ArrayList<>();
        ArrayNode shown = effective.putArray(key);
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            Setting<T> setting = parsed(path(key) + "[" + i + "]", entry, expected, false, parse);
            if (setting.isPresent()) {
                values.add(setting.get());
                shown.add(shown(entry, false));
            }
        }
        return values.size() == entries.size() ? Setting.of(values) : Setting.missing();
    }

    /// The sections in a list, each laid over `defaults`; none, where it is no list of sections, which is noted then as not what was
    /// `expected`.
    public List<Section> entries(String key, ObjectNode defaults, String expected) {
        JsonNode node = node(key);
        if (keys == null) {
            return List.of();
        }
        ArrayNode shown = effective.putArray(key);
        List<Section> entries = new ArrayList<>();
        if (!(node instanceof ArrayNode list)) {
            problem(key, found(node), expected);
            return entries;
        }
        for (int i = 0; i < list.size(); i++) {
            String name = path(key) + "[" + i + "]";
            if (list.get(i) instanceof ObjectNode own) {
                Section entry =
                        new Section(
                                name,
                                key,
                                ConfigTree.merge(defaults, own),
                                environment,
                                problems,
                                shown.addObject());
                entries.add(entry);
            } else {
                problems.add(new Problem(name, found(list.get(i)), expected));
            }
        }
        listed.addAll(entries);
        return entries;
    }

    /// A tree that is not ours to judge, which `parse` turns into a value or refuses with an `IllegalArgumentException` when it is
    /// not what was `expected`. What stands in it as `${NAME}` stays so.
    public <T> Setting<T> tree(String key, String expected, Function<ObjectNode, T> parse) {
        JsonNode node = node(key);
        if (keys == null) {
            return Setting.missing();
        }
        if (node instanceof ObjectNode tree) {
            try {
                T value = parse.apply(tree.deepCopy());
                effective.set(key, tree.deepCopy());
                return Setting.of(value);
            } catch (IllegalArgumentException refused) {
                problem(key, "a section", expected);
                return Setting.missing();
            }
        }
        problem(key, found(node), expected);
        return Setting.missing();
    }

    /// The section under `key`.
    public Section section(String key) {
        return section(key, "a section of keys");
    }

    /// The same, with what is `expected` where there is none.
    public Section section(String key, String expected) {
        JsonNode node = node(key);
        ObjectNode child = null;
        if (node instanceof ObjectNode object) {
            child = object;
        } else if (keys != null) {
            problem(key, found(node), expected);
        }
        Section section =
                new Section(path(key), key, child, environment, problems, effective.putObject(key));
        read.put(key, section);
        return section;
    }

    /// The section under `key`, or an empty one where there is none.
    public Section optionalSection(String key) {
        if (keys != null && !keys.has(key)) {
            keys.putObject(key);
        }
        return section(key);
    }

    /// A key that does not count as the rest of the file is: whatever stands there is not judged, and
    /// not shown.
    public void ignore(String key) {
        read.put(key, null);
    }

    /// The sections in this one, by names the operator chose, each laid over `defaults`.
    public Map<String, Section> sections(ObjectNode defaults) {
        Map<String, Section> sections = new LinkedHashMap<>();
        if (keys != null) {
            for (Map.Entry<String, JsonNode> entry : keys.deepCopy().properties()) {
                if (entry.getValue() instanceof ObjectNode own) {
                    keys.set(entry.getKey(), ConfigTree.merge(defaults, own));
                }
                sections.put(entry.getKey(), section(entry.getKey()));
            }
        }
        return sections;
    }

    /// The keys of this section that nobody has read by now, with what stands there as text: what is a list or a section, as
    /// JSON; nothing, as empty text. They are no mistakes then.
    public Setting<Map<String, String>> rest() {
        Map<String, String> rest = new LinkedHashMap<>();
        if (keys == null) {
            return Setting.missing();
        }
        boolean whole = true;
        for (Map.Entry<String, JsonNode> entry : keys.properties()) {
            String key = entry.getKey();
            if (read.containsKey(key)) {
                continue;
            }
            read.put(key, null);
            JsonNode node = entry.getValue();
            if (node.isContainerNode()) {
                rest.put(key, node.toString());
            } else if (ConfigTree.isEmpty(node)) {
                rest.put(key, "");
            } else {
                Setting<String> text = prose(path(key), node);
                whole &= text.isPresent();
                if (text.isPresent()) {
                    rest.put(key, text.get());
                }
            }
        }
        return whole ? Setting.of(rest) : Setting.missing();
    }

    /// Whether there is `key`, which may be left out. It is one of those there are, for messages about unknown ones.
    public boolean has(String key) {
        optional.add(key);
        return keys != null && keys.has(key);
    }

    /// The key under which this section stands.
    public String key() {
        return name;
    }

    /// This section's own name, unless `parse` refuses it with an `IllegalArgumentException`.
    public Setting<String> name(String expected, Consumer<String> parse) {
        try {
            parse.accept(name);
            return Setting.of(name);
        } catch (IllegalArgumentException refused) {
            problems.add(new Problem(path, "the name \"" + name + '"', expected));
            return Setting.missing();
        }
    }

    /// `setting`, read from `key`, when it is as `expected` by `holds`.
    public <T> Setting<T> check(
            String key, Setting<T> setting, String expected, Predicate<? super T> holds) {
        try {
            if (setting.isPresent() && !holds.test(setting.get())) {
                problem(key, found(effective.get(key)), expected);
                return Setting.missing();
            }
            return setting;
        } catch (Setting.Missing noted) {
            return Setting.missing();
        }
    }

    /// The keys as they stand in the files.
    public ObjectNode raw() {
        return keys == null ? JsonNodeFactory.instance.objectNode() : keys.deepCopy();
    }

    /// Builds a value from what was read before. What a constructor refuses with an
    /// `IllegalArgumentException` is noted as a mistake of this section; when a setting it needs
    /// could not be read, nothing more is noted.
    public <T> Setting<T> make(Supplier<T> constructor) {
        try {
            return Setting.of(constructor.get());
        } catch (Setting.Missing noted) {
            return Setting.missing();
        } catch (IllegalArgumentException refused) {
            problems.add(
                    new Problem(
                            path.isEmpty() ? "the file" : path,
                            String.valueOf(refused.getMessage()),
                            "keys that fit together"));
            return Setting.missing();
        }
    }

    /// What is read elsewhere, as of another file.
    @FunctionalInterface
    public interface Elsewhere<T> {
        T read() throws ConfigurationException;
    }

    /// What `other` reads; its mistakes are noted among those of this section's file. When a setting it needs could not be
    /// read, nothing more is noted.
    public <T> Setting<T> elsewhere(Elsewhere<T> other) {
        try {
            return Setting.of(other.read());
        } catch (Setting.Missing noted) {
            return Setting.missing();
        } catch (ConfigurationException mistaken) {
            problems.addAll(mistaken.problems());
            return Setting.missing();
        }
    }

    private void problem(String key, String found, String expected) {
        problems.add(new Problem(path(key), found, expected));
    }

    /// The value, when there was no mistake anywhere, unknown keys included.
    public <T> T finish(Setting<T> value) throws ConfigurationException {
        noteUnknownKeys();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return value.get();
    }

    /// Every key that was read, with what it came to, secrets masked.
    public ObjectNode effective() {
        return effective.deepCopy();
    }

    private void noteUnknownKeys() {
        if (keys == null) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : keys.properties()) {
            String key = entry.getKey();
            if (!read.containsKey(key)) {
                RenamedKeys.newName(path(key))
                        .ifPresentOrElse(
                                newName -> problem(key, "an old name", newName + ", its new name"),
                                () -> problem(key, "an unknown key", expectedInstead(key)));
            }
        }
        for (Section child : read.values()) {
            if (child != null) {
                child.noteUnknownKeys();
            }
        }
        listed.forEach(Section::noteUnknownKeys);
    }

    private String expectedInstead(String key) {
        Set<String> known = new LinkedHashSet<>(read.keySet());
        known.addAll(optional);
        return Closest.asked(key, known).orElseGet(() -> "one of " + String.join(", ", known));
    }

    private @Nullable JsonNode node(String key) {
        read.put(key, null);
        return keys == null ? null : keys.get(key);
    }

    private <T> Setting<T> parsed(
            String at,
            @Nullable JsonNode node,
            String expected,
            boolean secret,
            Function<String, T> parse) {
        return parsed(at, node, expected, secret, Invisible::in, parse);
    }

    private <T> Setting<T> parsed(
            String at,
            @Nullable JsonNode node,
            String expected,
            boolean secret,
            Function<String, Optional<String>> invisible,
            Function<String, T> parse) {
        String text;
        try {
            text = node == null || !node.isValueNode() ? "" : environment.expand(node.asText());
        } catch (Environment.Unresolved e) {
            problems.add(new Problem(at, String.valueOf(e.getMessage()), expected));
            return Setting.missing();
        }
        if (!text.isEmpty() && node != null && !node.isNull()) {
            Optional<String> hidden = invisible.apply(text);
            if (hidden.isPresent()) {
                // Not shown: it would not be seen, and may be a secret's.
                problems.add(new Problem(at, hidden.get(), expected));
                return Setting.missing();
            }
            try {
                return Setting.of(parse.apply(text));
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(at, found(shown(node, secret)), expected));
                return Setting.missing();
            }
        }
        boolean hide = secret && node != null && node.isContainerNode();
        problems.add(new Problem(at, hide ? Secret.MASK : found(node), expected));
        return Setting.missing();
    }

    /// A value as it may be printed.
    private JsonNode shown(@Nullable JsonNode node, boolean secret) {
        if (secret) {
            return TextNode.valueOf(Secret.MASK);
        }
        if (node == null || !node.isTextual()) {
            return node == null ? JsonNodeFactory.instance.nullNode() : node;
        }
        try {
            return TextNode.valueOf(environment.expand(node.asText()));
        } catch (Environment.Unresolved e) {
            throw new IllegalStateException("shown before it was expanded", e);
        }
    }

    private static String found(@Nullable JsonNode node) {
        if (node == null || ConfigTree.isEmpty(node)) {
            return "nothing";
        }
        if (node.isObject()) {
            return "a section";
        }
        if (node.isArray()) {
            return "a list";
        }
        if (!node.isTextual()) {
            return node.asText();
        }
        if (node.asText().equals(Secret.MASK)) {
            return Secret.MASK;
        }
        // An address may carry a user and password where none should be.
        String text = node.asText().replaceAll("//[^/@]*@", "//" + Secret.MASK + "@");
        return text.length() > LONGEST_FOUND
                ? '"' + text.substring(0, LONGEST_FOUND) + "…\""
                : '"' + text + '"';
    }

    private String path(String key) {
        return path.isEmpty() ? named(key) : path + "." + named(key);
    }

    /// How a key is written in paths.
    static String named(String key) {
        return key.matches("[a-z0-9_-]+") ? key : '"' + key + '"';
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }
}
