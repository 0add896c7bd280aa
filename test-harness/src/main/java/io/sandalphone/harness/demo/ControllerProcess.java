package io.sandalphone.harness.demo;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.NetNamespace;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The controller in a process of its own beside Asterisk, as it runs in production.
final class ControllerProcess implements AutoCloseable {
    private static final int PORT = 8090;
    private static final Duration BOOT = Duration.ofSeconds(60);
    private static final Duration FAREWELL = Duration.ofSeconds(15);

    private final NetNamespace vps;
    private final Process process;
    private final Path log;
    private final String token;

    private ControllerProcess(NetNamespace vps, Process process, Path log, String token) {
        this.vps = vps;
        this.process = process;
        this.log = log;
        this.token = token;
    }

    /// Starts it and returns once it and its engines are ready. `jar` is the controller as it was
    /// built, `folder` takes its configuration and its log.
    static ControllerProcess start(
            NetNamespace vps, Path jar, Path folder, String destination, boolean relay)
            throws Exception {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        Path config = folder.resolve("controller.yaml");
        Path log = folder.resolve("controller.log");
        Files.writeString(
                config,
                """
                asterisk:
                  ari:
                    user: %s
                    password: "${SANDALPHONE_ARI_PASSWORD}"
                http:
                  port: %d
                routes:
                  "*":
                    destination: "%s"
                    caller-language: en
                    destination-language: es
                    relay: %s
                limits:
                  destinations: ["%s"]
                captions:
                  live: true
                shutdown:
                  drain: 0s
                log:
                  format: plain
                """
                        .formatted(AsteriskHost.ARI_USER, PORT, destination, relay, destination));
        ProcessBuilder builder =
                new ProcessBuilder(
                        vps.command(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--sun-misc-unsafe-memory-access=allow",
                                "-jar",
                                jar.toString(),
                                "serve",
                                "--config",
                                config.toString()));
        builder.environment().put("SANDALPHONE_ARI_PASSWORD", AsteriskHost.ARI_SECRET);
        builder.environment().put("SANDALPHONE_TOKEN", token);
        Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        ControllerProcess controller = new ControllerProcess(vps, process, log, token);
        try {
            controller.awaitHealth();
            return controller;
        } catch (Exception e) {
            controller.close();
            throw e;
        }
    }

    private void awaitHealth() throws Exception {
        long start = System.nanoTime();
        String last = "no answer";
        while (System.nanoTime() - start < BOOT.toNanos()) {
            if (!process.isAlive()) {
                throw new IOException("the controller ended at once:\n" + Files.readString(log));
            }
            try {
                last = vps.call(this::health);
                if (last.isEmpty()) {
                    return;
                }
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new IOException("the controller is not ready: " + last);
    }

    /// What is wrong with it, or nothing.
    private String health() throws IOException {
        HttpURLConnection connection = open("/health");
        int status = connection.getResponseCode();
        try (InputStream body =
                status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return status == 200 ? "" : text;
        }
    }

    private HttpURLConnection open(String path) throws IOException {
        URI address = URI.create("http://127.0.0.1:" + PORT + path);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection;
    }

    /// Tells `news` of every call from now on, on a thread of its own. Returns when nothing is missed
    /// any more.
    void watch(Consumer<CallNews> news) throws Exception {
        BufferedReader feed =
                vps.call(
                        () ->
                                new BufferedReader(
                                        new InputStreamReader(
                                                open("/events").getInputStream(),
                                                StandardCharsets.UTF_8)));
        // The first comment says that we are listening.
        feed.readLine();
        vps.threadFactory().newThread(() -> read(feed, news)).start();
    }

    private static void read(BufferedReader feed, Consumer<CallNews> news) {
        try (feed) {
            String event = "";
            for (String line = feed.readLine(); line != null; line = feed.readLine()) {
                if (line.startsWith("event: ")) {
                    event = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    CallNews.of(event, line.substring("data: ".length())).ifPresent(news);
                }
            }
        } catch (IOException e) {
            // The controller is gone; whoever waits for the end of the call runs into its time-out.
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().onExit().join();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
