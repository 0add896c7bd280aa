package io.sandalphone.harness.fakes.backend;

import io.sandalphone.harness.fakes.http.HttpCall;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How requests are signed. In [#TIMESTAMP] stands when, in seconds since 1970; in [#SIGNATURE] `sha256=` and in hexadecimal the
/// HMAC-SHA256, under the secret in UTF-8, of that text, a full stop and the body, byte for byte. A request that is signed more
/// than five minutes before or after it comes is refused.
///
/// @param secret what both sides know
public record BackendSignature(String secret) {
    /// The header with the time.
    public static final String TIMESTAMP = "X-Timestamp";

    /// The header with the signature.
    public static final String SIGNATURE = "X-Signature";

    /// How far the clocks may be apart.
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";

    /// What stands in [#SIGNATURE] over `body`, signed at `timestamp`.
    public String sign(String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /// What is wrong with the signature of `call`; empty when nothing is.
    String fault(HttpCall call, Instant now) {
        String timestamp = call.header("x-timestamp");
        String signature = call.header("x-signature");
        if (timestamp.isEmpty() || signature.isEmpty()) {
            return "signature missing";
        }
        if (!timestamp.matches("[0-9]{1,12}")) {
            return "timestamp is no number of seconds";
        }
        var signed = Instant.ofEpochSecond(Long.parseLong(timestamp));
        if (Duration.between(signed, now).abs().compareTo(TOLERANCE) > 0) {
            return "signature stale";
        }
        byte[] expected =
                sign(timestamp, call.body().getBytes()).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))
                ? ""
                : "signature wrong";
    }
}
