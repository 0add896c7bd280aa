package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.controller.ControllerSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// `scripts/certificate` at a real ACME server, Pebble of Let's Encrypt, which asks back over HTTP as theirs does; and a
/// gateway that serves what comes of it.
@Timeout(180)
class CertificateTest {
    // The gateway looks every 20 s.
    private static final Duration NOTICED = Duration.ofSeconds(60);

    private final Path folder = RunFolder.create("certificate");
    private final int directory = TcpPort.free();
    private final int question = TcpPort.free();
    private Process pebble;

    @BeforeEach
    void start() throws Exception {
        for (String program : List.of("pebble", "certbot", "openssl")) {
            assumeTrue(
                    List.of(System.getenv("PATH").split(":")).stream()
                            .anyMatch(each -> Files.isExecutable(Path.of(each, program))),
                    "no pebble: " + program + " is not installed");
        }
        run(
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-keyout",
                        file("api-key.pem"),
                        "-out",
                        file("api.pem"),
                        "-subj",
                        "/CN=localhost",
                        "-addext",
                        "subjectAltName=DNS:localhost"),
                0);
        Files.writeString(
                folder.resolve("pebble.json"),
                """
                {"pebble": {
                  "listenAddress": "127.0.0.1:%d", "managementListenAddress": "127.0.0.1:%d",
                  "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": %d
                }}
                """
                        .formatted(
                                directory,
                                TcpPort.free(),
                                file("api.pem"),
                                file("api-key.pem"),
                                question,
                                TcpPort.free()));
        var builder =
                new ProcessBuilder("pebble", "-config", file("pebble.json"))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("pebble.log").toFile());
        builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
        builder.environment().put("PEBBLE_WFE_NONCEREJECT", "0");
        pebble = builder.start();
        Poll.until(Duration.ofSeconds(20), () -> log().contains("Listening on"), this::log);
    }

    @AfterEach
    void stop() throws Exception {
        if (pebble != null) {
            pebble.destroyForcibly().waitFor();
        }
        RunFolder.delete(folder);
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("pebble.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /// What it printed.
    private String run(List<String> command, int exitCode) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("REQUESTS_CA_BUNDLE", file("api.pem"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(exitCode, process.waitFor(), said);
        return said;
    }

    private String get(int exitCode, String... more) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Project.file("scripts/certificate").toString(),
                                "get",
                                "--server",
                                "https://localhost:" + directory + "/dir",
                                "--to",
                                file("tls"),
                                "--state",
                                file("state")));
        command.addAll(List.of(more));
        return run(command, exitCode);
    }

    private String get() throws Exception {
        return get(0, "--domain", "localhost", "--port", Integer.toString(question));
    }

    private static SSLContext anybody() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        return context;
    }

    private static X509Certificate served(SSLContext context, int port) {
        try (var socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_certificate_is_issued_served_and_renewed_without_a_restart() throws Exception {
        get();
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("tls/key.pem")))
                        .replace("rw-r-----", "rw-------"));
        int port = TcpPort.free();
        try (var gateway =
                ControllerProcess.alone(
                        ControllerSettings.tones()
                                .with(
                                        """
                                        public-http:
                                          listen: 127.0.0.1
                                          port: %d
                                          tls: {certificate: "%s/certificate.pem", key: "%s/key.pem"}
                                        """
                                                .formatted(port, file("tls"), file("tls"))),
                        TcpPort.free(),
                        ControllerProgram.QUICK)) {
            SSLContext context = anybody();
            gateway.awaitLog("carriers and browsers can connect", NOTICED);
            X509Certificate first = served(context, port);
            assertTrue(
                    first.getIssuerX500Principal().getName().contains("Pebble"), first::toString);
            long process = gateway.pid();
            // As certbot's timer does, for a certificate of which a third of its life is left.
            run(
                    List.of(
                            "certbot",
                            "renew",
                            "--force-renewal",
                            "--no-random-sleep-on-renew",
                            "--config-dir",
                            file("state/config"),
                            "--work-dir",
                            file("state/work"),
                            "--logs-dir",
                            file("state/logs")),
                    0);
            Poll.until(
                    NOTICED,
                    () -> !served(context, port).getSerialNumber().equals(first.getSerialNumber()),
                    () -> gateway.log());
            assertEquals(process, gateway.pid());
            gateway.awaitLog("certificate of the public listener was renewed", NOTICED);
        }
    }

    @Test
    void asked_again_for_one_that_is_valid_it_changes_nothing() throws Exception {
        get();
        String before = Files.readString(folder.resolve("tls/certificate.pem"));
        get();
        assertEquals(before, Files.readString(folder.resolve("tls/certificate.pem")));
        Files.delete(folder.resolve("tls/certificate.pem"));
        get();
        assertEquals(before, Files.readString(folder.resolve("tls/certificate.pem")));
    }

    @Test
    void an_authority_that_cannot_ask_back_gives_none_and_nothing_is_put_there() throws Exception {
        String said = get(1, "--domain", "localhost", "--port", Integer.toString(TcpPort.free()));
        assertTrue(said.contains("certbot got no certificate"), said);
        assertTrue(Files.notExists(folder.resolve("tls")));
        assertNotEquals("", get(2, "--port", "80"));
    }

    /// Of whom the certificate is what is asked here, not whether it is trusted.
    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
