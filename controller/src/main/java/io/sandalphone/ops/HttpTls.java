package io.sandalphone.ops;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The files, in PEM, with which the listener for operators proves who it is: its certificate, the
/// chain above it included, and its private key (PKCS #8).
public record HttpTls(Path certificate, Path key) {
    private static final String EXPECTED = "the whole path of a readable file in PEM";

    /// Reads the section `http.tls`; nothing when both files are `none`.
    static Setting<Optional<HttpTls>> read(Section section) {
        Setting<Optional<Path>> certificate = file(section, "certificate");
        Setting<Optional<Path>> key =
                section.check(
                        "key",
                        file(section, "key"),
                        "a file as well when certificate is one, else none",
                        own -> own.isPresent() == certificate.get().isPresent());
        return section.make(
                () -> certificate.get().map(path -> new HttpTls(path, key.get().orElseThrow())));
    }

    private static Setting<Optional<Path>> file(Section section, String key) {
        return section.valueOrNone(
                key,
                EXPECTED,
                text -> {
                    Path path = Path.of(text);
                    if (!path.isAbsolute()
                            || !Files.isRegularFile(path)
                            || !Files.isReadable(path)) {
                        throw new IllegalArgumentException("no such file");
                    }
                    return path;
                });
    }
}
