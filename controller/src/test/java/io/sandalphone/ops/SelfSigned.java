package io.sandalphone.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for `localhost` that signs itself, made by `keytool`, with its key, as files of a
/// listener.
public final class SelfSigned {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final KeyStore store;

    /// Its files are put into `folder`, each in the place of the one before.
    public SelfSigned(Path folder) throws Exception {
        this(folder, 0, 90);
    }

    /// The same, valid since `age` days for `days` of them.
    public SelfSigned(Path folder, int age, int days) throws Exception {
        this.folder = folder;
        store = selfSigned(age, days);
    }

    /// The files as a listener takes them.
    public HttpTls files() throws Exception {
        return new HttpTls(
                pem("certificate.pem", "CERTIFICATE", store.getCertificate("us").getEncoded()),
                pem("key.pem", "PRIVATE KEY", store.getKey("us", PASSWORD).getEncoded()));
    }

    /// What trusts it and nobody else.
    public SSLContext trust() throws Exception {
        return trusting(store);
    }

    /// What shows it to whoever connects.
    public SSLContext identity() throws Exception {
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore selfSigned(int age, int days) throws Exception {
        Path file = Files.createTempDirectory(folder, "keys").resolve("us.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "us",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-startdate",
                                (age < 0 ? "+" + -age : "-" + age) + "d",
                                "-validity",
                                Integer.toString(days),
                                "-ext",
                                "san=dns:localhost",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("us", store.getCertificate("us"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private Path pem(String name, String what, byte[] content) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(
                                what,
                                Base64.getMimeEncoder(64, new byte[] {'\n'})
                                        .encodeToString(content),
                                what));
    }
}
