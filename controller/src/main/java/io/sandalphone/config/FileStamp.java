package io.sandalphone.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What tells a file from what stood under its name before, without reading it: also where an editor puts a new file in its
/// place, a link leads to another one, or it may be read now and could not be.
///
/// @param attributes those of the file system; none when there is no such file
public record FileStamp(Map<String, Object> attributes) {
    // `ctime` is when it was written last, or its owner or rights changed.
    private static final String ATTRIBUTES = "unix:lastModifiedTime,ctime,size,dev,ino";

    public FileStamp {
        attributes = Map.copyOf(attributes);
    }

    /// Of what `file` is now.
    public static FileStamp of(Path file) {
        try {
            return new FileStamp(Files.readAttributes(file, ATTRIBUTES));
        } catch (IOException _) {
            return new FileStamp(Map.of());
        }
    }
}
