package io.sandalphone.telephony.telnyx;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/// Checks what Telnyx signs its webhooks with: the header `telnyx-signature-ed25519`, base64 of an Ed25519
/// signature over the header `telnyx-timestamp`, a bar, and the body as it was sent (Telnyx, "Webhook
/// signing"). Thread-safe.
final class TelnyxSignature {
    /// The header that holds the signature.
    static final String HEADER = "telnyx-signature-ed25519";

    /// The header that says when it was signed, in seconds since 1970.
    static final String TIMESTAMP = "telnyx-timestamp";

    private static final String ALGORITHM = "Ed25519";
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    // What X.509 writes before the bytes of such a key (RFC 8410, section 4).
    private static final String HEAD = "302a300506032b6570032100";

    private final PublicKey key;

    /// `publicKey` is one by [#isKey].
    TelnyxSignature(String publicKey) {
        try {
            key = read(publicKey);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("not a public key of " + ALGORITHM, e);
        }
    }

    /// Whether `text` is a public key as Telnyx' portal shows it: base64 of 32 bytes.
    static boolean isKey(String text) {
        try {
            read(text);
            return true;
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false;
        }
    }

    private static PublicKey read(String text) throws GeneralSecurityException {
        byte[] raw = Base64.getDecoder().decode(text);
        if (raw.length != KEY_BYTES) {
            throw new IllegalArgumentException(raw.length + " bytes");
        }
        String encoded = HEAD + HexFormat.of().formatHex(raw);
        return KeyFactory.getInstance(ALGORITHM)
                .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(encoded)));
    }

    /// Whether `signature` is Telnyx' over `timestamp` and `body`.
    boolean covers(String signature, String timestamp, byte[] body) {
        try {
            byte[] given = Base64.getDecoder().decode(signature);
            if (given.length != SIGNATURE_BYTES) {
                return false;
            }
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update((timestamp + "|").getBytes(StandardCharsets.UTF_8));
            verifier.update(body);
            return verifier.verify(given);
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false;
        }
    }
}
