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
    private ServiceAccount() {}

    /// Writes one whose tokens are got from `tokens`, for the project `hotline`.
    static Path write(Path folder, String tokens) throws IOException, NoSuchAlgorithmException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
        var json =
                new ObjectMapper()
                        .createObjectNode()
                        .put("type", "service_account")
                        .put("project_id", "hotline")
                        .put("private_key_id", "1")
                        .put(
                                "private_key",
                                "-----BEGIN PRIVATE KEY-----\n"
                                        + Base64.getMimeEncoder().encodeToString(key)
                                        + "\n-----END PRIVATE KEY-----\n")
                        .put("client_email", "gateway@hotline.iam.gserviceaccount.com")
                        .put("client_id", "1")
                        .put("token_uri", tokens);
        return Files.writeString(folder.resolve("account.json"), json.toString());
    }
}
