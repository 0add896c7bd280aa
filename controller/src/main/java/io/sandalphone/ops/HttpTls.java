package io.sandalphone.ops;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// The files, in PEM, with which the listener for operators proves who it is: its certificate, the
/// chain above it included, and its private key (PKCS #8).
public record HttpTls(Path certificate, Path key) {
    private static final String EXPECTED = "the whole path of a readable file in PEM, with a ";
    private static final Pattern KEY =
            Pattern.compile("(?m)^-----BEGIN ([A-Z]+ )?PRIVATE KEY-----\\s*$");

    /// Reads the section `http.tls`; nothing when both files are `none`.
    static Setting<Optional<HttpTls>> read(Section section) {
        Setting<Optional<Path>> certificate =
                file(section, "certificate", HttpTls::lookForCertificate);
        Setting<Optional<Path>> key =
                section.check(
                        "key",
                        file(section, "key", HttpTls::lookForKey),
                        "a file as well when certificate is one, else none",
                        own -> own.isPresent() == certificate.get().isPresent());
        Setting<Optional<Path>> matching =
                section.check(
                        "key",
                        key,
                        "the private key of the certificate",
                        own ->
                                own.isEmpty()
                                        || KeyPairing.fits(
                                                certificate.get().orElseThrow(),
                                                own.orElseThrow()));
        return section.make(
                () ->
                        certificate
                                .get()
                                .map(path -> new HttpTls(path, matching.get().orElseThrow())));
    }

    /// Tries whether a file holds what it should.
    private interface Trial {
        void of(Path file) throws IOException;
    }

    private static Setting<Optional<Path>> file(Section section, String key, Trial trial) {
        return section.valueOrNone(
                key,
                EXPECTED + key,
                text -> {
                    Path path = Path.of(text);
                    if (!path.isAbsolute() || !Files.isRegularFile(path)) {
                        throw new IllegalArgumentException("no such file");
                    }
                    try {
                        trial.of(path);
                    } catch (IOException unreadable) {
                        throw new IllegalArgumentException("not what it should be", unreadable);
                    }
                    return path;
                });
    }

    private static void lookForCertificate(Path file) throws IOException {
        var _ = CertificateDates.read(file);
    }

    private static void lookForKey(Path file) throws IOException {
        if (!KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find()) {
            throw new IOException("no private key in " + file);
        }
    }
}
