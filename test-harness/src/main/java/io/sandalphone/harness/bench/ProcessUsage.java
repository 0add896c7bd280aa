package io.sandalphone.harness.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a process, or the whole machine, has taken so far (proc(5)): processor time in seconds, split
/// into its own code and the kernel's, and memory now, in bytes.
record ProcessUsage(double userSeconds, double systemSeconds, long residentBytes) {
    /// USER_HZ: 100 on every Linux there is.
    private static final double TICKS_PER_SECOND = 100;

    static ProcessUsage of(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid));
        String[] fields = fields(Files.readString(folder.resolve("stat")));
        long resident =
                Files.readAllLines(folder.resolve("status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .sum();
        return new ProcessUsage(
                Long.parseLong(fields[11]) / TICKS_PER_SECOND,
                Long.parseLong(fields[12]) / TICKS_PER_SECOND,
                resident);
    }

    /// Processor time that everything on this machine took; no memory.
    static ProcessUsage ofMachine() throws IOException {
        String[] fields =
                Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split("\\s+", -1);
        double user = Long.parseLong(fields[1]) + Long.parseLong(fields[2]);
        double system =
                Long.parseLong(fields[3]) + Long.parseLong(fields[6]) + Long.parseLong(fields[7]);
        return new ProcessUsage(user / TICKS_PER_SECOND, system / TICKS_PER_SECOND, 0);
    }

    /// Processor time of a process or a thread, from its `stat` file.
    static double seconds(String stat) {
        String[] fields = fields(stat);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /// The fields of a `stat` file after the second, which is a name in parentheses and may hold
    /// anything.
    private static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    }

    double seconds() {
        return userSeconds + systemSeconds;
    }

    /// What was taken since `earlier`; memory is the difference, too.
    ProcessUsage since(ProcessUsage earlier) {
        return new ProcessUsage(
                userSeconds - earlier.userSeconds,
                systemSeconds - earlier.systemSeconds,
                residentBytes - earlier.residentBytes);
    }
}
