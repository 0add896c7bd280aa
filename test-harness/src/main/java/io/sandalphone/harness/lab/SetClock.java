package io.sandalphone.harness.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The time of day of one process, which can be set while it runs as an NTP server or an operator does (by libfaketime, of the
/// package `faketime`). The machine's clock is left alone, and so is the process's monotonic one.
///
/// Everything that it needs is in one folder, so that a process in another root finds it when the folder is mounted there.
public final class SetClock {
    private static final String LIBRARY = "libfaketimeMT.so.1";
    private static final String OFFSET = "offset";

    private final Path folder;

    /// Keeps what it needs in `folder`, which others can read then. The clock is right at first.
    public SetClock(Path folder) {
        this.folder = folder;
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.copy(library(), folder.resolve(LIBRARY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        set(Duration.ZERO);
    }

    private static Path library() throws IOException {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu")) {
            for (Path each : found) {
                Path library = each.resolve("faketime").resolve(LIBRARY);
                if (Files.exists(library)) {
                    return library;
                }
            }
        }
        throw new IllegalStateException("the package faketime is not installed");
    }

    Path folder() {
        return folder;
    }

    /// The words of a command that runs another one by this clock.
    public List<String> before() {
        return before(folder);
    }

    /// The same where the folder is seen at `place`.
    static List<String> before(Path place) {
        List<String> words = new ArrayList<>(List.of("env"));
        words.add("DONT_FAKE_MONOTONIC=1");
        words.add("FAKETIME_CACHE_DURATION=1");
        words.add("FAKETIME_TIMESTAMP_FILE=" + place.resolve(OFFSET));
        words.add("LD_PRELOAD=" + place.resolve(LIBRARY));
        return words;
    }

    /// Sets it, within a second, to `offset` from the right time.
    public void set(Duration offset) {
        try {
            Path file = folder.resolve(OFFSET);
            Files.writeString(file, "%+d".formatted(offset.toSeconds()));
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
