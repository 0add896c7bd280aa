package io.sandalphone.harness.soak;

import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ResourceUsage;
import io.sandalphone.harness.lab.AsteriskHost;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a gateway and its Asterisk take of their machine at this moment.
final class Taking {
    /// What the gateway's virtual machine must be started with for [Measure#NATIVE].
    static final String NATIVE_OPTION = "-XX:NativeMemoryTracking=summary";

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total: .*committed=(\\d+)KB");
    private static final Pattern HEAP = Pattern.compile("Java Heap \\(.*committed=(\\d+)KB");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB");
    private static final int KILO = 1024;

    private Taking() {}

    /// All measures. Collects the gateway's garbage first.
    static Map<Measure, Double> of(ControllerProcess gateway, AsteriskHost host)
            throws IOException, InterruptedException {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        ResourceUsage usage = ResourceUsage.of(gateway);
        values.put(Measure.THREADS, (double) usage.threads());
        values.put(Measure.DESCRIPTORS, (double) usage.descriptors());
        values.put(Measure.HEAP, (double) usage.heapBytes());
        values.put(Measure.NATIVE, nativeBytes(gateway.pid()));
        values.put(Measure.RESIDENT, resident(gateway.pid()));
        values.put(Measure.CHANNELS, (double) host.channels().size());
        values.put(Measure.BRIDGES, (double) host.bridges().size());
        values.put(
                Measure.SOCKETS,
                (double)
                        (host.udpPorts("127.0.0.1").size()
                                + host.udpPorts(AsteriskHost.ADDRESS).size()
                                + host.udpPorts("0.0.0.0").size()));
        values.put(Measure.ASTERISK_THREADS, count(host.pid(), "task"));
        values.put(Measure.ASTERISK_DESCRIPTORS, count(host.pid(), "fd"));
        values.put(Measure.ASTERISK_RESIDENT, resident(host.pid()));
        return values;
    }

    private static Path of(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }

    private static double count(long pid, String folder) throws IOException {
        try (Stream<Path> entries = Files.list(of(pid, folder))) {
            return entries.count();
        }
    }

    private static double resident(long pid) throws IOException {
        return kilobytes(RESIDENT, Files.readString(of(pid, "status")));
    }

    private static double nativeBytes(long pid) throws IOException, InterruptedException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                "VM.native_memory",
                                "summary")
                        .redirectErrorStream(true)
                        .start();
        var text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("no native memory is told: " + text.lines().findFirst());
        }
        return kilobytes(TOTAL, text) - kilobytes(HEAP, text);
    }

    private static double kilobytes(Pattern pattern, String text) throws IOException {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IOException("nothing like " + pattern + " is told");
        }
        return Double.parseDouble(found.group(1)) * KILO;
    }
}
