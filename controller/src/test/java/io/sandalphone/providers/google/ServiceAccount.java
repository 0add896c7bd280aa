package io.sandalphone.providers.google;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The file of a service account that nobody knows.
final class ServiceAccount {
    /// One for all: it takes a busy machine seconds to find one.
    private static final byte[] PRIVATE_KEY = rsa();

    private ServiceAccount() {}

    private static byte[] rsa() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair().getPrivate().getEncoded();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no RSA", e);
        }
    }

    /// Writes one whose tokens are got from `tokens`, for the project `hotline`.
    static Path write(Path folder, String tokens) throws IOException {
        var json =
                new ObjectMapper()
                        .createObjectNode()
                        .put("type", "service_account")
                        .put("project_id", "hotline")
                        .put("private_key_id", "1")
                        .put(
                                "private_key",
                                "-----BEGIN PRIVATE KEY-----\n"
                                        + Base64.getMimeEncoder().encodeToString(PRIVATE_KEY)
                                        + "\n-----END PRIVATE KEY-----\n")
                        .put("client_email", "gateway@hotline.iam.gserviceaccount.com")
                        .put("client_id", "1")
                        .put("token_uri", tokens);
        return Files.writeString(folder.resolve("account.json"), json.toString());
    }
}
