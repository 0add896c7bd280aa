package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.app.Main;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Command;
import io.sandalphone.harness.lab.Network;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RunFolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What goes wrong around a gateway: its disk, its ledger, its network, its certificate. And who has to say so.
public final class StruckEnvironment implements AutoCloseable {
    private static final Duration SAID = Duration.ofSeconds(30);

    private final Path folder = RunFolder.create("environment");
    private boolean mounted;

    /// A ledger of which half was written.
    public Path brokenLedger() throws IOException {
        return Files.writeString(folder.resolve("costs.json"), "{\"date\": \"2026-1");
    }

    /// A ledger on a disk of its own, on which nothing is left.
    public Path ledgerOnFullDisk() throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Command.run("mount", "-t", "tmpfs", "-o", "size=64k,nr_inodes=16", "none", disk.toString());
        mounted = true;
        var bytes = new byte[4096];
        try (var file = Files.newOutputStream(disk.resolve("filler"))) {
            for (int i = 0; i < 64; i++) {
                file.write(bytes);
            }
        } catch (IOException full) {
            return disk.resolve("costs.json");
        }
        throw new AssertionError("a disk of 64 KiB took 256");
    }

    /// A certificate and its key that expired five days ago, as `public-http.tls` names them.
    public String expiredCertificate() {
        String store = folder.resolve("us.p12").toString();
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        Command.run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "us",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-startdate",
                "-10d",
                "-validity",
                "5",
                "-keystore",
                store,
                "-storepass",
                "changeit");
        Command.run(
                "openssl",
                "pkcs12",
                "-in",
                store,
                "-passin",
                "pass:changeit",
                "-nokeys",
                "-out",
                certificate.toString());
        Command.run(
                "openssl",
                "pkcs12",
                "-in",
                store,
                "-passin",
                "pass:changeit",
                "-nodes",
                "-nocerts",
                "-out",
                key.toString());
        return "{certificate: \"%s\", key: \"%s\"}".formatted(certificate, key);
    }

    /// Engines at names that no DNS knows, and at an address to which there is no way.
    public static ControllerSettings unreachable(ControllerSettings base) {
        return base.speech("transcriber", "assemblyai")
                .speech("translator", "google")
                .speech("synthesizer", "polly")
                .engine("assemblyai", "api-key", "nobodys")
                .engine("assemblyai", "endpoint", "wss://stt.invalid/v3/ws")
                .engine("google", "api-key", "nobodys")
                .engine("google", "endpoint", "https://240.0.0.1")
                .engine("polly", "access-key-id", "nobodys")
                .engine("polly", "secret-access-key", "nobodys")
                .engine("polly", "region", "us-west-2")
                .engine("polly", "endpoint", "https://tts.invalid");
    }

    /// Waits until `/health` says why `check` is not as it should be.
    public static void assertHealthSays(ControllerProcess gateway, String check, String reason) {
        Poll.until(
                SAID,
                () -> reason(gateway.get("/health").json(), check).contains(reason),
                () -> gateway.get("/health").body());
    }

    private static String reason(JsonNode health, String check) {
        for (JsonNode each : health.path("checks")) {
            if (each.path("name").asText().equals(check)) {
                return each.path("reason").asText();
            }
        }
        return "";
    }

    public static void assertLogSays(ControllerProcess gateway, String sentence) {
        gateway.awaitLog(sentence, SAID);
    }

    /// The doctor finds a fault in each of these parts of what `yaml` configures.
    public void assertDoctorSays(Network network, String yaml, String... parts) throws Exception {
        Path config = Files.writeString(folder.resolve("doctor.yaml"), yaml);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "doctor",
                        "--config",
                        config.toString()));
        Process doctor =
                new ProcessBuilder(network.command(command)).redirectErrorStream(true).start();
        String said = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, doctor.waitFor(), said);
        for (String part : parts) {
            assertTrue(
                    said.lines()
                            .anyMatch(
                                    line -> line.startsWith("fault") && line.contains(" " + part)),
                    () -> part + " in " + said);
        }
    }

    @Override
    public void close() {
        if (mounted) {
            Command.run("umount", folder.resolve("disk").toString());
        }
        RunFolder.delete(folder);
    }
}
