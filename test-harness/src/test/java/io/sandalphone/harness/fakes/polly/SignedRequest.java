package io.sandalphone.harness.fakes.polly;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A request signed as AWS asks for (Signature Version 4), by the shortest way.
final class SignedRequest {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private SignedRequest() {}

    static HttpRequest speech(URI fake, PollyAccount account, Instant now, String body) {
        return signed(fake, account, now, "POST", "/v1/speech", "", body);
    }

    static HttpRequest voices(URI fake, PollyAccount account, String query) {
        return signed(fake, account, Instant.now(), "GET", "/v1/voices", query, "");
    }

    private static HttpRequest signed(
            URI fake,
            PollyAccount account,
            Instant now,
            String method,
            String path,
            String query,
            String body) {
        String stamp = STAMP.format(now);
        String scope = stamp.substring(0, 8) + "/" + account.region() + "/polly/aws4_request";
        String canonical =
                String.join(
                        "\n",
                        method,
                        path,
                        query,
                        "host:" + fake.getAuthority(),
                        "x-amz-date:" + stamp,
                        "",
                        "host;x-amz-date",
                        sha256(body));
        byte[] key = bytes("AWS4" + account.secretAccessKey());
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        String signature =
                HexFormat.of()
                        .formatHex(
                                hmac(
                                        key,
                                        String.join(
                                                "\n",
                                                "AWS4-HMAC-SHA256",
                                                stamp,
                                                scope,
                                                sha256(canonical))));
        return HttpRequest.newBuilder(fake.resolve(query.isEmpty() ? path : path + "?" + query))
                .method(method, BodyPublishers.ofString(body))
                .header("X-Amz-Date", stamp)
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=host;x-amz-date, Signature=%s"
                                .formatted(account.accessKeyId(), scope, signature))
                .build();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(data));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
