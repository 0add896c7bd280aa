package io.sandalphone.harness.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate that this machine makes for one of its own addresses, by the JDK's `keytool`, in a folder
/// that only its owner can read. No authority stands behind it: browsers warn, and show the fingerprint.
///
/// @param certificate PEM file
/// @param key PEM file, PKCS #8
/// @param own the certificate itself
record LanCertificate(Path certificate, Path key, Certificate own) {
    private static final String ALIAS = "gateway";
    private static final int PATIENCE_SECONDS = 60;

    /// Makes one for `address`, good for `days`, in `folder`.
    static LanCertificate make(Path folder, InetAddress address, int days)
            throws IOException, InterruptedException, GeneralSecurityException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Path file = folder.resolve("gateway.p12");
        var random = new byte[16];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        keytool(file, password, address, days);
        KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
        Certificate own = store.getCertificate(ALIAS);
        Key secret = store.getKey(ALIAS, password.toCharArray());
        return new LanCertificate(
                pem(folder.resolve("certificate.pem"), "CERTIFICATE", own.getEncoded()),
                pem(folder.resolve("key.pem"), "PRIVATE KEY", secret.getEncoded()),
                own);
    }

    private static void keytool(Path file, String password, InetAddress address, int days)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                ALIAS,
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-dname",
                                "CN=Sandalphone demo",
                                "-validity",
                                Integer.toString(days),
                                "-ext",
                                "SAN=ip:" + address.getHostAddress() + ",dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass:env",
                                "STORE_PASSWORD"));
        builder.environment().put("STORE_PASSWORD", password);
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool made no certificate: " + said);
        }
    }

    private static Path pem(Path file, String what, byte[] content) throws IOException {
        String text =
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(
                                what,
                                Base64.getMimeEncoder(64, new byte[] {'\n'})
                                        .encodeToString(content),
                                what);
        return Files.writeString(file, text);
    }

    /// What browsers show of it: SHA-256, in pairs of digits.
    String fingerprint() throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(own.getEncoded());
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    }

    /// Trusts this certificate and no other.
    SSLContext trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, own);
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
