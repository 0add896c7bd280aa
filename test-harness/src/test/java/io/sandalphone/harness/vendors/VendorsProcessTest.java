package io.sandalphone.harness.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.lab.NetNamespace;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RequiresRoot;
import io.sandalphone.harness.vendors.VendorOptions.Language;
import io.sandalphone.harness.vendors.VendorOptions.Times;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

@RequiresRoot
@Timeout(180)
class VendorsProcessTest {
    /// What no engine is asked for, but a configuration cannot do without.
    private static final String REST =
            """
            asterisk: {ari: {user: nobody, password: none}}
            http: {token: lab-only-operator-token}
            """;

    private final NetNamespace network = NetNamespace.create("vendors");

    @AfterEach
    void removeNetwork() {
        network.close();
    }

    @Test
    void what_they_print_is_the_configuration_with_which_every_engine_reaches_them(
            @TempDir Path folder) throws Exception {
        try (var vendors = VendorsProcess.startSecured(network, Language.SPEECH, Times.PUBLISHED)) {
            Path configuration =
                    Files.writeString(
                            folder.resolve("sandalphone.yaml"), vendors.configuration() + REST);
            assertEquals(
                    List.of(
                            "ok transcriber assemblyai",
                            "ok translator google",
                            "ok synthesizer polly"),
                    examined(configuration, vendors.trustingOptions()));
        }
        Poll.until(
                Duration.ofSeconds(10),
                () -> processes().isEmpty(),
                "no process of theirs is left");
    }

    /// What `scripts/doctor` says of each engine.
    private List<String> examined(Path configuration, List<String> jvmOptions) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sandalphone.app.Main",
                        "doctor",
                        "--config",
                        configuration.toString()));
        Process doctor =
                new ProcessBuilder(network.command(command)).redirectErrorStream(true).start();
        String said = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> engines =
                said.lines()
                        .map(line -> line.split(" +", 4))
                        .filter(words -> words.length > 3 && words[1].matches("trans.*|synth.*"))
                        .map(words -> words[0] + ' ' + words[1] + ' ' + words[2])
                        .toList();
        assertEquals(3, engines.size(), said);
        return engines;
    }

    private String processes() {
        try {
            Process pids = new ProcessBuilder("ip", "netns", "pids", network.name()).start();
            return new String(pids.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void what_is_not_understood_is_answered_with_what_there_is() throws Exception {
        try (var vendors = VendorsProcess.start(network, Language.TONES, Times.INSTANT)) {
            vendors.inject(Vendor.POLLY, Fault.THROTTLED);
            vendors.recover(Vendor.POLLY);

            assertEquals(
                    "400 no vendor siri; there are assemblyai, google, polly",
                    put("/faults/siri/stall"));
            assertEquals(
                    "400 polly has no fault duplicated-turn; it can do unauthorized, forbidden,"
                        + " rate-limited, throttled, server-error, slow, stall, half-close, cut,"
                        + " garbage, incomplete",
                    put("/faults/polly/duplicated-turn"));
            assertTrue(put("/faults").startsWith("400 nothing at PUT /faults; there are PUT"));
        }
    }

    /// The status and what it says.
    private String put(String path) throws Exception {
        return network.call(
                () -> {
                    var uri = URI.create("http://127.0.0.1:" + VendorsProcess.PORT + path);
                    var connection = (HttpURLConnection) uri.toURL().openConnection();
                    connection.setRequestMethod("PUT");
                    int status = connection.getResponseCode();
                    try (var body = connection.getErrorStream()) {
                        return status
                                + " "
                                + new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
                    }
                });
    }
}
