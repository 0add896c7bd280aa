package io.sandalphone.deploy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// The machine this runs on.
public final class ThisMachine implements Machine {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SSLSocketFactory sockets;

    public ThisMachine() {
        this((SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /// `sockets` knows whom to trust.
    ThisMachine(SSLSocketFactory sockets) {
        this.sockets = sockets;
    }

    @Override
    public Set<InetAddress> addresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .collect(Collectors.toSet());
    }

    @Override
    public List<InetAddress> lookUp(String name) throws UnknownHostException {
        return Arrays.asList(InetAddress.getAllByName(name));
    }

    @Override
    public Instant certificateUntil(String host, int port) throws IOException {
        try (var plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
            plain.setSoTimeout((int) PATIENCE.toMillis());
            try (var secure = (SSLSocket) sockets.createSocket(plain, host, port, true)) {
                SSLParameters parameters = secure.getSSLParameters();
                // The name is compared as browsers and carriers do (RFC 2818).
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secure.setSSLParameters(parameters);
                secure.startHandshake();
                var own = (X509Certificate) secure.getSession().getPeerCertificates()[0];
                return own.getNotAfter().toInstant();
            }
        }
    }

    @Override
    public boolean answers(InetSocketAddress place) {
        try (var socket = new Socket()) {
            socket.connect(place, (int) PATIENCE.toMillis());
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public Answer run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        // What it writes is read while it runs: a full pipe would keep it from ending.
        var end =
                CompletableFuture.runAsync(
                        process::destroyForcibly,
                        CompletableFuture.delayedExecutor(
                                PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        try {
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), text);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            end.cancel(false);
        }
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public Path root() {
        return Path.of("/");
    }
}
