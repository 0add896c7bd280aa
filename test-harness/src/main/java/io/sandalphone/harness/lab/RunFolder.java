package io.sandalphone.harness.lab;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A folder of one run for one process under test, named after this JVM so that what killed runs
/// have left can be told from what is in use.
public final class RunFolder {
    private static final Path PARENT = Path.of(System.getProperty("java.io.tmpdir"));
    private static final Pattern OURS = Pattern.compile("sandalphone-(\\d+)-.+");

    private RunFolder() {}

    public static Path create(String name) {
        try {
            return Files.createTempDirectory(
                    PARENT, "sandalphone-" + ProcessHandle.current().pid() + "-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes the folders of runs that no longer are.
    static void sweep() {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(PARENT, "sandalphone-*")) {
            for (Path folder : folders) {
                Matcher ours = OURS.matcher(folder.getFileName().toString());
                if (ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty()) {
                    delete(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes a folder and all that is in it, if it is there. Another run may be removing it too.
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
