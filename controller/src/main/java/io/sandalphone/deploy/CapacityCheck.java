package io.sandalphone.deploy;

import io.sandalphone.config.Finding;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Whether processors and memory are enough for as many calls as may live at once, by `controller/docs/sizing.md`.
final class CapacityCheck implements DeployCheck.Part {
    // What of a processor a call takes, both directions interpreted, at Asterisk and the gateway;
    // and at a
    // carrier of media streams, where no more than the gateway has to do with it.
    private static final double AT_ASTERISK = 0.037;
    private static final double AT_STREAMS = 0.009;
    // Sound is late long before the processors are full.
    private static final double USABLE = 0.5;
    // Two calls of one direction for two processors, on top.
    private static final int RECOGNITION = 2;
    // Heap, Java's own, Asterisk and the system; and the engines on the server.
    private static final int LEAST_MEGABYTES = 1_000;
    private static final int ENGINES_MEGABYTES = 900;

    private final Deployment deployment;
    private final Machine machine;

    CapacityCheck(Deployment deployment, Machine machine) {
        this.deployment = deployment;
        this.machine = machine;
    }

    @Override
    public List<Finding> check() throws IOException {
        double each = deployment.asterisk() ? AT_ASTERISK : AT_STREAMS;
        int needed =
                (int) Math.ceil(deployment.maxCalls() * each / USABLE)
                        + (deployment.recognizesHere() ? RECOGNITION : 0);
        int megabytes = LEAST_MEGABYTES + (deployment.recognizesHere() ? ENGINES_MEGABYTES : 0);
        List<Finding> findings = new ArrayList<>();
        if (machine.processors() < needed) {
            findings.add(
                    Finding.warning(
                            "limits.max-concurrent-calls",
                            "%d processors, and %d calls may take %d: allow fewer, or have more"
                                    .formatted(
                                            machine.processors(), deployment.maxCalls(), needed)));
        }
        long total = totalMegabytes();
        if (total < megabytes) {
            findings.add(
                    Finding.warning(
                            "",
                            "%d MB of memory, and %d are needed: have more, or other engines"
                                    .formatted(total, megabytes)));
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.ok(
                            "%d processors and %d MB, for %d calls"
                                    .formatted(
                                            machine.processors(), total, deployment.maxCalls())));
        }
        return findings;
    }

    private long totalMegabytes() throws IOException {
        for (String line : Files.readAllLines(machine.root().resolve("proc/meminfo"))) {
            if (line.startsWith("MemTotal:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        throw new IOException("/proc/meminfo has no MemTotal");
    }
}
