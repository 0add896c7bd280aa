package io.sandalphone.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// Configuration files as trees of keys, and one tree laid over another.
public final class ConfigTree {
    private static final ObjectMapper YAML =
            new ObjectMapper(
                    YAMLFactory.builder()
                            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                            .build());

    /// As much as the YAML reader takes.
    static final int MOST_BYTES = 3 << 20;

    private ConfigTree() {}

    /// A configuration file of the operator.
    public static ObjectNode file(Path file) throws ConfigurationException {
        return yaml(file.toString(), text(file));
    }

    /// What stands in it.
    static String text(Path file) throws ConfigurationException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw unreadable(file.toString(), "no such file");
        } catch (IOException e) {
            throw unreadable(file.toString(), "a file that cannot be read");
        }
        if (bytes.length > MOST_BYTES) {
            throw unreadable(file.toString(), "more than " + (MOST_BYTES >> 20) + " MiB");
        }
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult decoded =
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (decoded.isError()) {
            long line = 1 + text.chars().filter(c -> c == '\n').count();
            throw unreadable(file + ":" + line, "bytes that are not UTF-8");
        }
        return text.toString();
    }

    private static ConfigurationException unreadable(String place, String found) {
        return new ConfigurationException(
                List.of(new Problem(place, found, "a readable YAML file")));
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

    /// Reads YAML, as far as every value in it means what it looks like. `source` names it in messages,
    /// which never repeat any of it except a key: a secret may stand where the mistake is.
    ///
    /// @throws ConfigurationException with every mistake, each with its line
    public static ObjectNode yaml(String source, String text) throws ConfigurationException {
        return StrictYaml.read(source, text);
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
    public static boolean isEmpty(JsonNode node) {
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
