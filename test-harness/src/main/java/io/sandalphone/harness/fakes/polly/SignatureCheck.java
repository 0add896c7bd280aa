package io.sandalphone.harness.fakes.polly;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// AWS Signature Version 4, from the side that judges it.
final class SignatureCheck {
    private static final String SERVICE = "polly";
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern AUTHORIZATION =
            Pattern.compile(
                    "AWS4-HMAC-SHA256 Credential=([^/,]+)/(\\d{8})/([^/,]+)/([^/,]+)/aws4_request,"
                            + " *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})");

    private final PollyAccount account;

    SignatureCheck(PollyAccount account) {
        this.account = account;
    }

    void check(HttpServerRequest request, Buffer body, Instant now) throws Refusal {
        Matcher signed = AUTHORIZATION.matcher(header(request.headers(), "Authorization"));
        if (!signed.matches()) {
            throw new Refusal(
                    403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        if (!signed.group(1).equals(account.accessKeyId())) {
            throw new Refusal(
                    403,
                    "UnrecognizedClientException",
                    "The security token included in the request is invalid.");
        }
        String stamp = header(request.headers(), "X-Amz-Date");
        String date = signed.group(2);
        String scope = date + "/" + account.region() + "/" + SERVICE + "/aws4_request";
        String claimed = date + "/" + signed.group(3) + "/" + signed.group(4) + "/aws4_request";
        if (!claimed.equals(scope) || !stamp.startsWith(date)) {
            throw wrong("Credential should be scoped to a valid region and service.");
        }
        if (Duration.between(time(stamp), now).abs().compareTo(SKEW) > 0) {
            throw wrong("Signature expired, or not yet current.");
        }
        List<String> headers = List.of(signed.group(5).split(";", -1));
        if (!headers.contains("host") || !headers.contains("x-amz-date")) {
            throw wrong("'host' and 'x-amz-date' must be signed headers.");
        }
        String toSign =
                String.join(
                        "\n",
                        "AWS4-HMAC-SHA256",
                        stamp,
                        scope,
                        sha256(canonical(request, headers, body).getBytes(StandardCharsets.UTF_8)));
        byte[] key = ("AWS4" + account.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        if (!HexFormat.of().formatHex(hmac(key, toSign)).equals(signed.group(6))) {
            throw wrong(
                    "The request signature we calculated does not match the signature provided.");
        }
    }

    private static Refusal wrong(String message) {
        return new Refusal(403, "InvalidSignatureException", message);
    }

    private static String canonical(HttpServerRequest request, List<String> headers, Buffer body) {
        return String.join(
                "\n",
                request.method().name(),
                request.path(),
                canonicalQuery(request.query()),
                headers.stream()
                        .map(name -> name + ":" + value(request, name) + "\n")
                        .collect(Collectors.joining()),
                String.join(";", headers),
                sha256(body.getBytes()));
    }

    private static String canonicalQuery(@Nullable String query) {
        return query == null
                ? ""
                : Arrays.stream(query.split("&", -1))
                        .map(pair -> pair.contains("=") ? pair : pair + "=")
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private static String value(HttpServerRequest request, String name) {
        if (name.equals("host") && request.authority() != null) {
            return request.authority().toString();
        }
        return String.join(",", request.headers().getAll(name)).strip().replaceAll(" +", " ");
    }

    private static String header(MultiMap headers, String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    private static Instant time(String stamp) throws Refusal {
        try {
            return STAMP.parse(stamp, Instant::from);
        } catch (DateTimeParseException e) {
            throw wrong("Date must be in ISO-8601 'basic format'.");
        }
    }

    private static String sha256(byte[] data) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
