package io.sandalphone.harness.telnyx;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
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
