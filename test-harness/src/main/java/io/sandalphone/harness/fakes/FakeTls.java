package io.sandalphone.harness.fakes;

import io.vertx.core.net.PfxOptions;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for `localhost` and 127.0.0.1, by an authority that exists for nothing else, and the
/// trust store with which a JVM believes it. Clients need no setting for it: they are started with
/// [#trustingOptions].
public final class FakeTls {
    /// Protects nothing: the keys live as long as a test.
    private static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority";
    private static final String SERVER = "server";
    private static final int PATIENCE_SECONDS = 60;

    private final Path keys;
    private final Path trustStore;

    private FakeTls(Path keys, Path trustStore) {
        this.keys = keys;
        this.trustStore = trustStore;
    }

    /// Makes both in `folder`, which it makes too. The certificate is valid for a week from now.
    public static FakeTls make(Path folder) throws IOException, InterruptedException {
        return make(folder, "-0d");
    }

    /// The same, with a server's certificate whose week is over.
    public static FakeTls expired(Path folder) throws IOException, InterruptedException {
        return make(folder, "-30d");
    }

    private static FakeTls make(Path folder, String start)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path keys = folder.resolve("keys.p12");
        Path trustStore = folder.resolve("trust.p12");
        Files.deleteIfExists(keys);
        generate(keys, AUTHORITY, "Authority of the fakes", "-ext", "bc:critical=ca:true");
        generate(
                keys,
                SERVER,
                "localhost",
                "-startdate",
                start,
                "-signer",
                AUTHORITY,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1");
        try {
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, load(keys).getCertificate(AUTHORITY));
            try (OutputStream out = Files.newOutputStream(trustStore)) {
                trusted.store(out, PASSWORD.toCharArray());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make a trust store", e);
        }
        return new FakeTls(keys, trustStore);
    }

    /// What a server shows.
    public PfxOptions certificate() {
        return new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD).setAlias(SERVER);
    }

    /// The options with which a JVM trusts the fakes, and nobody else.
    public List<String> trustingOptions() {
        return trustingProperties().entrySet().stream()
                .map(property -> "-D" + property.getKey() + "=" + property.getValue())
                .sorted()
                .toList();
    }

    /// The same as system properties, for clients that are made in this JVM afterwards.
    public Map<String, String> trustingProperties() {
        return Map.of(
                "javax.net.ssl.trustStore",
                trustStore.toString(),
                "javax.net.ssl.trustStorePassword",
                PASSWORD,
                "javax.net.ssl.trustStoreType",
                "PKCS12");
    }

    /// What trusts the fakes inside this JVM.
    public SSLContext trustingContext() {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(trustStore));
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("unusable trust store " + trustStore, e);
        }
    }

    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void generate(Path keys, String alias, String name, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + name));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "7"));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", keys.toString()));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        keytool.getOutputStream().close();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!keytool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IOException("keytool failed: " + said);
        }
    }
}
