package io.sandalphone.ops;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether a private key is that of a certificate. A listener starts with any two, and then nobody can connect.
final class KeyPairing {
    private static final Pattern PKCS8 =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");
    private static final byte[] SIGNED = {1};

    private KeyPairing() {}

    /// Asks the first certificate of one PEM file and the key of the other. What is not RSA, EC or EdDSA, or not in PKCS #8, is not judged.
    static boolean fits(Path certificate, Path key) {
        try (InputStream pem = Files.newInputStream(certificate)) {
            Matcher block = PKCS8.matcher(Files.readString(key, StandardCharsets.ISO_8859_1));
            if (!block.find()) {
                return true;
            }
            PublicKey known =
                    CertificateFactory.getInstance("X.509").generateCertificate(pem).getPublicKey();
            if (!SIGNATURES.containsKey(known.getAlgorithm())) {
                return true;
            }
            PrivateKey own =
                    KeyFactory.getInstance(known.getAlgorithm())
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(
                                            Base64.getMimeDecoder().decode(block.group(1))));
            return verifies(known, own);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean verifies(PublicKey known, PrivateKey own)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(SIGNATURES.get(known.getAlgorithm()));
        signature.initSign(own);
        signature.update(SIGNED);
        byte[] signed = signature.sign();
        signature.initVerify(known);
        signature.update(SIGNED);
        return signature.verify(signed);
    }
}
