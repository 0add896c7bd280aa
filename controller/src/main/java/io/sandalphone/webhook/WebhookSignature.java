package io.sandalphone.webhook;

import io.sandalphone.config.Secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How what we send to a server of the operator's own is signed. In [#TIMESTAMP] stands when, in seconds since 1970; in
/// [#SIGNATURE] `sha256=` and in hexadecimal digits the HMAC-SHA256, under the secret in UTF-8, of that text, a full stop and the
/// body, byte for byte. Who checks it refuses what was signed more than a few minutes ago. Thread-safe.
public record WebhookSignature(Secret secret) {
    /// The header with the time.
    public static final String TIMESTAMP = "X-Timestamp";

    /// The header with the signature.
    public static final String SIGNATURE = "X-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    /// What stands in [#TIMESTAMP] for a request of this moment.
    public static String timestamp(Instant now) {
        return Long.toString(now.getEpochSecond());
    }

    /// What stands in [#SIGNATURE] over `body`, signed at `timestamp`.
    public String sign(String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(
                    new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
