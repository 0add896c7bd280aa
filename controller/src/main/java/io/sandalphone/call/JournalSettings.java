package io.sandalphone.call;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.nio.file.Path;
import java.util.Optional;

/// Where the records of live calls are kept for the gateway after this one; empty: nowhere, and after a
/// crash people talk on untranslated.
public record JournalSettings(Optional<Path> file) {
    /// Nothing is kept.
    public static final JournalSettings NONE = new JournalSettings(Optional.empty());

    /// Reads the section `journal`.
    public static Setting<JournalSettings> read(Section section) {
        Setting<Optional<Path>> file =
                section.check(
                        "file",
                        section.valueOrNone("file", "the whole path of a file", Path::of),
                        "the whole path of a file, or none",
                        path -> path.map(Path::isAbsolute).orElse(true));
        return section.make(() -> new JournalSettings(file.get()));
    }
}
