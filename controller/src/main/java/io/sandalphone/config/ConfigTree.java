package io.sandalphone.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Configuration files as trees of keys, and one tree laid over another.
public final class ConfigTree {
    // `no` is a language and `on` a word; only true and false are true and false.
    private static final ObjectMapper YAML =
            new ObjectMapper(
                            YAMLFactory.builder()
                                    .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                                    .build())
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private ConfigTree() {}

    /// A configuration file of the operator.
    public static ObjectNode file(Path file) throws ConfigurationException {
        try {
            return yaml(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw unreadable(file, "no such file");
        } catch (CharacterCodingException e) {
            throw unreadable(file, "bytes that are not UTF-8");
        } catch (IOException e) {
            throw unreadable(file, "a file that cannot be read");
        }
    }

    private static ConfigurationException unreadable(Path file, String found) {
        return new ConfigurationException(
                List.of(new Problem(file.toString(), found, "a readable YAML file")));
    }

    /// Every setting there is, with its default.
    public static ObjectNode defaults() {
        return resource(ConfigTree.class, "/sandalphone-defaults.yaml");
    }

    /// A file of our own, beside `owner` on the class path.
    public static ObjectNode resource(Class<?> owner, String path) {
        try (InputStream in = owner.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("missing from the build: " + path);
            }
            return yaml(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | ConfigurationException e) {
            throw new IllegalStateException("unusable in the build: " + path, e);
        }
    }

    /// Reads YAML. `source` names it in messages, which never repeat any of it except a key: a
    /// secret may stand where the mistake is.
    public static ObjectNode yaml(String source, String text) throws ConfigurationException {
        JsonNode tree;
        try {
            tree = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(List.of(problem(source, e)));
        }
        if (tree.isMissingNode() || isEmpty(tree)) {
            return YAML.createObjectNode();
        }
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw new ConfigurationException(
                List.of(new Problem(source, "no keys", "YAML with `key: value` lines")));
    }

    private static Problem problem(String source, JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        String where = at == null ? source : source + ":" + at.getLineNr() + ":" + at.getColumnNr();
        String message = e.getOriginalMessage();
        if (message != null && message.startsWith("Duplicate field")) {
            return new Problem(where, "a key that stands there twice", "each key once");
        }
        return new Problem(
                where,
                "something that is not YAML",
                "`key: value` lines, indented by spaces, with values and keys in quotes when they"
                        + " begin with one of * & ! % @ ` or hold `: ` or ` #`");
    }

    /// `over` laid over `under`: sections are joined key by key, anything else of `over` replaces
    /// what `under` has. A section that `over` leaves empty stays as `under` has it.
    public static ObjectNode merge(ObjectNode under, ObjectNode over) {
        ObjectNode merged = under.deepCopy();
        over.properties()
                .forEach(
                        entry -> {
                            JsonNode below = merged.get(entry.getKey());
                            JsonNode above = entry.getValue();
                            if (below instanceof ObjectNode section) {
                                if (above instanceof ObjectNode keys) {
                                    merged.set(entry.getKey(), merge(section, keys));
                                    return;
                                }
                                if (isEmpty(above)) {
                                    return;
                                }
                            }
                            merged.set(entry.getKey(), above.deepCopy());
                        });
        return merged;
    }

    /// Whether nothing stands behind a key; the parser gives that as empty text.
    static boolean isEmpty(JsonNode node) {
        return node.isNull() || (node.isTextual() && node.asText().isEmpty());
    }

    /// `tree` as YAML.
    public static String print(ObjectNode tree) {
        try {
            return YAML.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be printed", e);
        }
    }
}
