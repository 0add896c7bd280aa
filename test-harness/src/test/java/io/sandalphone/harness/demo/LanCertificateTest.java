package io.sandalphone.harness.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import javax.net.ssl.SSLHandshakeException;

class LanCertificateTest {
    @TempDir private Path folder;

    @Test
    void who_trusts_the_certificate_reaches_the_address_by_tls_and_nobody_else_does()
            throws Exception {
        LanCertificate certificate =
                LanCertificate.make(folder, InetAddress.getLoopbackAddress(), 1);
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer server =
                    vertx.createHttpServer(
                                    new HttpServerOptions()
                                            .setSsl(true)
                                            .setKeyCertOptions(
                                                    new PemKeyCertOptions()
                                                            .setCertPath(
                                                                    certificate
                                                                            .certificate()
                                                                            .toString())
                                                            .setKeyPath(
                                                                    certificate.key().toString())))
                            .requestHandler(request -> request.response().end("here"))
                            .listen(0, "127.0.0.1")
                            .await();
            var request =
                    HttpRequest.newBuilder(
                                    URI.create("https://127.0.0.1:" + server.actualPort() + "/"))
                            .build();
            try (var trusting = HttpClient.newBuilder().sslContext(certificate.trust()).build();
                    var other = HttpClient.newHttpClient()) {
                assertEquals(
                        "here",
                        trusting.send(request, HttpResponse.BodyHandlers.ofString()).body());
                assertThrows(
                        SSLHandshakeException.class,
                        () -> other.send(request, HttpResponse.BodyHandlers.ofString()));
            }
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void nobody_but_its_owner_reads_the_key() throws Exception {
        LanCertificate certificate =
                LanCertificate.make(folder, InetAddress.getLoopbackAddress(), 1);
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(certificate.key().getParent())));
        assertTrue(certificate.fingerprint().matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"));
    }
}
