package io.sandalphone.harness.converse;

import io.sandalphone.config.ConfigurationException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The conversations that come with the harness, by the names of their files without the ending.
public final class Conversations {
    private static final String ENDING = ".yaml";

    private Conversations() {}

    /// All of them. Throws `IllegalStateException` with every mistake where one cannot be used.
    public static Map<String, Conversation> all() {
        Map<String, Conversation> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder())) {
            files.filter(file -> file.toString().endsWith(ENDING))
                    .forEach(file -> all.put(name(file), read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }

    private static Conversation read(Path file) {
        try {
            return ConversationReader.read(file);
        } catch (ConfigurationException e) {
            throw new IllegalStateException(file + "\n" + e.getMessage(), e);
        }
    }

    private static Path folder() {
        URL folder = Conversations.class.getResource("conversations");
        if (folder == null) {
            throw new IllegalStateException("no conversations in the build");
        }
        try {
            return Path.of(folder.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("unusable in the build: " + folder, e);
        }
    }
}
