package io.sandalphone.harness.telnyx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The key pair by which an account's webhooks are signed: Ed25519 over the time, a bar, and the body
/// as it is sent (developers.telnyx.com, webhook signing).
public final class TelnyxKeys {
    private static final int RAW_BYTES = 32;

    private final KeyPair pair;

    private TelnyxKeys(KeyPair pair) {
        this.pair = pair;
    }

    /// Makes a new pair.
    public static TelnyxKeys generate() {
        try {
            return new TelnyxKeys(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /// The pair that `file` holds: the private key (PKCS#8) and the public one (X.509), each in base64
    /// on a line of its own. Where there is no such file it is made, for its owner's eyes only.
    public static TelnyxKeys at(Path file) throws IOException {
        if (!Files.exists(file)) {
            TelnyxKeys made = generate();
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.write(
                    file,
                    List.of(
                            text(made.pair.getPrivate().getEncoded()),
                            text(made.pair.getPublic().getEncoded())));
            return made;
        }
        List<String> lines = Files.readAllLines(file);
        try {
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            return new TelnyxKeys(
                    new KeyPair(
                            factory.generatePublic(new X509EncodedKeySpec(bytes(lines.get(1)))),
                            factory.generatePrivate(new PKCS8EncodedKeySpec(bytes(lines.get(0))))));
        } catch (GeneralSecurityException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            throw new IOException(file + " holds no key pair of a simulated Telnyx", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getDecoder().decode(text);
    }

    /// The public key as the portal shows it: base64 of its 32 bytes.
    public String publicKey() {
        // X.509 puts a header of fixed length before them.
        byte[] encoded = pair.getPublic().getEncoded();
        return Base64.getEncoder()
                .encodeToString(
                        Arrays.copyOfRange(encoded, encoded.length - RAW_BYTES, encoded.length));
    }

    /// The headers of a request with `body` that is sent at `epochSeconds`.
    public Map<String, String> headers(String body, long epochSeconds) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update((epochSeconds + "|" + body).getBytes(StandardCharsets.UTF_8));
            return Map.of(
                    "telnyx-signature-ed25519",
                    Base64.getEncoder().encodeToString(signature.sign()),
                    "telnyx-timestamp",
                    Long.toString(epochSeconds));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of our own making signs", e);
        }
    }
}
