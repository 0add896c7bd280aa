package io.sandalphone.harness.fakes.google;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Gives tokens to the one service account there is, for assertions that it signed (RFC 7523), and
/// knows them again.
final class TokenEndpoint {
    static final Duration LIFETIME = Duration.ofSeconds(3599);

    /// Google's libraries address their assertions to this one, wherever they send them.
    private static final String GOOGLES = "https://oauth2.googleapis.com/token";

    private static final String EMAIL = "gateway@sandalphone-lab.iam.gserviceaccount.com";
    private static final Set<String> SCOPES =
            Set.of(
                    "https://www.googleapis.com/auth/cloud-platform",
                    "https://www.googleapis.com/auth/cloud-translation");
    private static final Duration LONGEST_ASSERTION = Duration.ofHours(1);
    private static final Duration SKEW = Duration.ofMinutes(5);

    /// One for all accounts of this process: it takes a busy machine seconds to find one.
    private static final KeyPair KEYS = rsa();

    private final Set<String> valid = new HashSet<>();
    private int given;

    private static KeyPair rsa() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no RSA", e);
        }
    }

    int given() {
        return given;
    }

    boolean knows(String token) {
        return valid.contains(token);
    }

    void forgetAll() {
        valid.clear();
    }

    /// The file with which the service account shows itself.
    void write(Path file, String project, String tokenUri) throws IOException {
        String key =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(KEYS.getPrivate().getEncoded());
        var account =
                new JsonObject()
                        .put("type", "service_account")
                        .put("project_id", project)
                        .put("private_key_id", "lab")
                        .put(
                                "private_key",
                                "-----BEGIN PRIVATE KEY-----\n"
                                        + key
                                        + "\n-----END PRIVATE KEY-----\n")
                        .put("client_email", EMAIL)
                        .put("client_id", "100000000000000000001")
                        .put("token_uri", tokenUri);
        Files.writeString(file, account.encodePrettily());
    }

    /// A token for the assertion; empty when the assertion does not convince.
    Optional<String> token(String assertion, String tokenUri, Instant now) {
        if (!convinces(assertion, tokenUri, now)) {
            return Optional.empty();
        }
        given++;
        String token = "ya29.lab-" + given;
        valid.add(token);
        return Optional.of(token);
    }

    private boolean convinces(String assertion, String tokenUri, Instant now) {
        List<String> parts = List.of(assertion.split("\\.", -1));
        if (parts.size() != 3) {
            return false;
        }
        try {
            var verifier = Signature.getInstance("SHA256withRSA");
            verifier.initVerify(KEYS.getPublic());
            verifier.update(
                    (parts.get(0) + '.' + parts.get(1)).getBytes(StandardCharsets.US_ASCII));
            JsonObject header = json(parts.get(0));
            JsonObject claims = json(parts.get(1));
            Instant issued = Instant.ofEpochSecond(claims.getLong("iat", 0L));
            Instant expires = Instant.ofEpochSecond(claims.getLong("exp", 0L));
            return verifier.verify(Base64.getUrlDecoder().decode(parts.get(2)))
                    && header.getString("alg", "").equals("RS256")
                    && claims.getString("iss", "").equals(EMAIL)
                    && Set.of(tokenUri, GOOGLES).contains(claims.getString("aud", ""))
                    && List.of(claims.getString("scope", "").split(" ", -1)).stream()
                            .anyMatch(SCOPES::contains)
                    && !issued.isAfter(now.plus(SKEW))
                    && expires.isAfter(now.minus(SKEW))
                    && !expires.isAfter(issued.plus(LONGEST_ASSERTION));
        } catch (GeneralSecurityException
                | IllegalArgumentException
                | ClassCastException
                | DecodeException _) {
            return false;
        }
    }

    private static JsonObject json(String part) {
        return new JsonObject(
                new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }
}
