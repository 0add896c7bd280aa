package io.sandalphone.models;

import java.util.List;

/// A model file as the manifest describes it.
///
/// @param name what `scripts/models` and settings call it
/// @param purpose what it is for; empty for what others are rebuilt from
/// @param languages which languages it knows
/// @param file the name its makers gave it
/// @param bytes its length
/// @param sha256 what identifies it, in hexadecimal
/// @param licence the terms it may be used under
/// @param sources where it can be had, in the order in which they are tried
public record ModelFile(
        String name,
        String purpose,
        List<String> languages,
        String file,
        long bytes,
        String sha256,
        Licence licence,
        List<Source> sources) {
    public ModelFile {
        languages = List.copyOf(languages);
        sources = List.copyOf(sources);
        if (bytes <= 0) {
            throw new IllegalArgumentException(name + ": bytes must be positive, not " + bytes);
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(name + ": no SHA-256: " + sha256);
        }
        if (!file.matches("[A-Za-z0-9._-]+")) {
            throw new IllegalArgumentException(name + ": no file name: " + file);
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException(name + ": comes from nowhere");
        }
    }

    /// Its length for people.
    public String size() {
        return megabytes(bytes);
    }

    static String megabytes(long bytes) {
        return bytes < 1_000_000 ? bytes + " bytes" : Math.round(bytes / 1_000_000.0) + " MB";
    }

    /// The name it is stored under: two files of one name do not meet.
    String stored() {
        return sha256.substring(0, 12) + "-" + file;
    }
}
