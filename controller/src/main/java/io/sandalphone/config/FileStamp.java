package io.sandalphone.config;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/// What tells a file from what stood under its name before, without reading it: also where an editor puts a new file in its
/// place, or a link leads to another one.
public record FileStamp(@Nullable FileTime modified, long size, @Nullable Object identity) {
    /// Of a file that is not there.
    private static final FileStamp MISSING = new FileStamp(null, -1, null);

    /// Of what `file` is now.
    public static FileStamp of(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(
                    attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException _) {
            return MISSING;
        }
    }
}
