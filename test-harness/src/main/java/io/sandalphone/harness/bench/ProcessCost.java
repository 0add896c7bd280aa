package io.sandalphone.harness.bench;

import java.util.Locale;

/// What one process takes. Processor time is in percent of one core, for each call; memory is
/// what all calls together added, divided by their number, and in all.
record ProcessCost(
        double cpuPercentPerCall,
        double userPercentPerCall,
        double systemPercentPerCall,
        double kilobytesPerCall,
        double residentMegabytes) {
    static ProcessCost of(
            ProcessUsage taken, ProcessUsage added, ProcessUsage end, int calls, double s) {
        return new ProcessCost(
                100 * taken.seconds() / s / calls,
                100 * taken.userSeconds() / s / calls,
                100 * taken.systemSeconds() / s / calls,
                added.residentBytes() / 1024.0 / calls,
                end.residentBytes() / 1024.0 / 1024.0);
    }

    String cpu() {
        return String.format(
                Locale.ROOT,
                "%.3f %% of a core  (user %.3f, system %.3f)",
                cpuPercentPerCall,
                userPercentPerCall,
                systemPercentPerCall);
    }

    String memory() {
        return String.format(
                Locale.ROOT, "%.0f kB  (%.0f MB in all)", kilobytesPerCall, residentMegabytes);
    }
}
