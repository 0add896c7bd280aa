package io.sandalphone.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.reader.ReaderException;

import java.io.Serial;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the part of YAML in which every value means what it looks like: sections, lists, text, whole
/// and decimal numbers, true and false. What YAML would turn into something else is a mistake, with
/// its line: an alias, a tag, a merge, a second document, a key that stands there twice, `010`, `1e3`,
/// `yes`, digits too long for a number, text over several lines without quotes.
///
/// Messages repeat nothing of the text, since a secret may stand where the mistake is.
final class StrictYaml {
    // Above 15 digits some programs that read YAML round.
    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,14}");
    private static final Pattern DECIMAL =
            Pattern.compile("-?(?=[0-9.]{1,16}$)(0|[1-9][0-9]*)\\.[0-9]+");
    // What YAML 1.1 or 1.2 takes for a number, and what looks so much like one that people do.
    private static final Pattern NUMBER_LIKE =
            Pattern.compile(
                    "[-+]?(\\.?[0-9][0-9_.,:]*([eE][-+]?[0-9]+)?|0[xX][0-9a-fA-F_]+|0[oO][0-7_]+"
                            + "|0[bB][01_]+|\\.([iI][nN][fF]|[nN][aA][nN]))|[-+][0-9 ().-]+");
    // An IP address or a length of time is no number to anybody.
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Set<String> NOTHINGS = Set.of("~", "null", "Null", "NULL");
    private static final Set<String> BOOLEAN_LIKE =
            Set.of("yes", "no", "on", "off", "y", "n", "true", "false");
    private static final int DEEPEST = 20;
    // What the parser takes for a word or comment of one line grows with the square of its length.
    private static final int LONGEST_LINE = 100_000;

    private final String source;
    private final List<Problem> problems = new ArrayList<>();
    private final Iterator<Event> events;
    // The names of the sections around, and of the key that is read: "a", "b", "[0]".
    private final Deque<String> path = new ArrayDeque<>();
    // On which line each key stands, by its path.
    private final Map<List<String>, Integer> lines = new HashMap<>();
    private int depth;

    private StrictYaml(String source, String text) {
        this.source = source;
        events = new Yaml().parse(new StringReader(text)).iterator();
    }

    /// The keys of a file. `source` names it in messages.
    ///
    /// @throws ConfigurationException with every mistake, as far as the text can be read at all
    static ObjectNode read(String source, String text) throws ConfigurationException {
        return readWithLines(source, text).keys();
    }

    /// The keys of a file, and on which line each of them stands, by the names of the sections around it and its own.
    record Read(ObjectNode keys, Map<List<String>, Integer> lines) {}

    /// The same with lines.
    static Read readWithLines(String source, String text) throws ConfigurationException {
        // A byte order mark, as editors on Windows write it.
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var yaml = new StrictYaml(source, plain);
        yaml.refuseLines(plain);
        JsonNode tree = null;
        try {
            tree = yaml.stream();
        } catch (ReaderException e) {
            yaml.problems.add(
                    new Problem(
                            source + ":" + lineAt(plain, e.getPosition()),
                            "a character that cannot be printed",
                            "none, or its escape, such as \\u0007, in double quotes"));
        } catch (MarkedYAMLException e) {
            yaml.notYaml(e.getProblemMark());
        } catch (YAMLException e) {
            yaml.notYaml(null);
        }
        if (yaml.problems.isEmpty() && !(tree instanceof ObjectNode)) {
            yaml.problems.add(new Problem(source, "no keys", "YAML with `key: value` lines"));
        }
        if (!yaml.problems.isEmpty() || !(tree instanceof ObjectNode keys)) {
            throw new ConfigurationException(yaml.problems);
        }
        return new Read(keys, Map.copyOf(yaml.lines));
    }

    private void notYaml(@Nullable Mark at) {
        // A tab is the likely reason, and stands in the list already.
        if (problems.isEmpty()) {
            problems.add(
                    new Problem(
                            at == null ? source : place(at),
                            "something that is not YAML",
                            "`key: value` lines, indented by spaces, at most "
                                    + DEEPEST
                                    + " deep, with values and keys in quotes when they begin with"
                                    + " one of * & ! % @ ` or hold `: ` or ` #`"));
        }
    }

    /// Notes tabs, and lines that are too long to be parsed in a reasonable time.
    ///
    /// @throws ConfigurationException when there is such a line
    private void refuseLines(String text) throws ConfigurationException {
        int number = 0;
        boolean parseable = true;
        for (String line : text.split("\r\n|\r|\n", -1)) {
            number++;
            if (line.length() > LONGEST_LINE) {
                parseable = false;
                problems.add(
                        new Problem(
                                source + ":" + number,
                                "a line of more than " + LONGEST_LINE + " characters",
                                "several lines"));
            }
            int tab = line.indexOf('\t');
            if (tab >= 0 && !line.stripLeading().startsWith("#")) {
                problems.add(
                        new Problem(
                                source + ":" + number + ":" + (tab + 1),
                                "a tab",
                                "spaces, or \\t in double quotes"));
            }
        }
        if (!parseable) {
            throw new ConfigurationException(problems);
        }
    }

    private static int lineAt(String text, int position) {
        // The reader counts code points.
        int end = Math.min(text.length(), text.offsetByCodePoints(0, codePoints(text, position)));
        return 1 + (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
    }

    private static int codePoints(String text, int wanted) {
        return Math.clamp(wanted, 0, text.codePointCount(0, text.length()));
    }

    private void note(Event at, String found, String expected) {
        String key = String.join(".", path).replace(".[", "[");
        problems.add(
                new Problem(
                        place(at.getStartMark()) + (key.isEmpty() ? "" : ": " + key),
                        found,
                        expected));
    }

    private String place(Mark mark) {
        return source + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    private JsonNode stream() {
        events.next();
        JsonNode tree = JsonNodeFactory.instance.objectNode();
        boolean first = true;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof DocumentStartEvent start) {
                if (!first) {
                    note(event, "a second document", "one; what follows is not read");
                    return tree;
                }
                first = false;
                if (start.getVersion() != null
                        || (start.getTags() != null && !start.getTags().isEmpty())) {
                    note(event, "a directive", "keys and values");
                }
                JsonNode read = node(events.next());
                tree = read.isNull() ? tree : read;
            }
        }
        return tree;
    }

    private JsonNode node(Event event) {
        if (event instanceof AliasEvent) {
            note(event, "an alias", "the value itself, in quotes when it begins with *");
            return NullNode.getInstance();
        }
        if (((NodeEvent) event).getAnchor() != null) {
            note(event, "an anchor", "the value alone, in quotes when it begins with &");
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        if (((CollectionStartEvent) event).getTag() != null) {
            noteTag(event);
        }
        if (++depth > DEEPEST) {
            throw new TooDeep(event.getStartMark());
        }
        JsonNode collection = event instanceof MappingStartEvent ? section() : list();
        depth--;
        return collection;
    }

    private static final class TooDeep extends MarkedYAMLException {
        @Serial private static final long serialVersionUID = 1;

        TooDeep(Mark at) {
            super(null, null, "too deep", at);
        }
    }

    private void noteTag(Event event) {
        note(event, "a tag", "the value alone, in quotes when it begins with !");
    }

    private ArrayNode list() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Event event = events.next(); !event.is(Event.ID.SequenceEnd); event = events.next()) {
            path.addLast("[" + list.size() + "]");
            list.add(node(event));
            path.removeLast();
        }
        return list;
    }

    private ObjectNode section() {
        ObjectNode section = JsonNodeFactory.instance.objectNode();
        for (Event event = events.next(); !event.is(Event.ID.MappingEnd); event = events.next()) {
            String key = key(event);
            path.addLast(key == null ? "…" : key);
            lines.putIfAbsent(List.copyOf(path), event.getStartMark().getLine() + 1);
            JsonNode value = node(events.next());
            if (key != null && section.replace(key, value) != null) {
                note(event, "a key that stands there twice", "each key once");
            }
            path.removeLast();
        }
        return section;
    }

    /// The name of a key, or null when it is none, which is noted then. Digits are a name like any
    /// other: a key is never a number.
    private @Nullable String key(Event event) {
        if (!(event instanceof ScalarEvent scalar)) {
            node(event);
            note(event, "a key that is no text", "a name");
            return null;
        }
        if (scalar.getAnchor() != null) {
            note(event, "an anchor", "the key alone, in quotes when it begins with &");
        }
        if (scalar.getTag() != null) {
            noteTag(event);
        }
        if (scalar.isPlain() && scalar.getValue().equals("<<")) {
            note(event, "a merge", "the keys themselves");
            return null;
        }
        if (scalar.getValue().isEmpty()) {
            note(event, "a key without a name", "a name");
            return null;
        }
        return scalar.getValue();
    }

    private JsonNode scalar(ScalarEvent scalar) {
        String text = scalar.getValue();
        if (scalar.getTag() != null) {
            noteTag(scalar);
        }
        if (!scalar.isPlain()) {
            return TextNode.valueOf(text);
        }
        if (text.isEmpty()) {
            return NullNode.getInstance();
        }
        if (scalar.getStartMark().getLine() != scalar.getEndMark().getLine()) {
            note(scalar, "text without quotes over several lines", "one line, or quotes");
        } else if (NOTHINGS.contains(text)) {
            note(
                    scalar,
                    "a word that YAML takes for nothing",
                    "quotes around it when it is text; else no value");
        } else if (text.equals("true") || text.equals("false")) {
            return BooleanNode.valueOf(text.equals("true"));
        } else if (BOOLEAN_LIKE.contains(text.toLowerCase(Locale.ROOT))) {
            note(
                    scalar,
                    "a word that some take for true or false",
                    "true or false, or quotes around it when it is text");
        } else if (WHOLE.matcher(text).matches()) {
            return LongNode.valueOf(Long.parseLong(text));
        } else if (DECIMAL.matcher(text).matches()) {
            return DecimalNode.valueOf(new BigDecimal(text));
        } else if (NUMBER_LIKE.matcher(text).matches() && !ADDRESS.matcher(text).matches()) {
            note(
                    scalar,
                    "digits that are not read as they are written",
                    "a number such as 8 or 0.5, or quotes around it when it is text, such as a"
                            + " telephone number or a secret");
        }
        return TextNode.valueOf(text);
    }
}
