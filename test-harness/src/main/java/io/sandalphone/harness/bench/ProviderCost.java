package io.sandalphone.harness.bench;

import java.util.Map;
import java.util.TreeMap;

/// What the use of a provider takes of the clients' process, beyond what the process takes when its
/// calls use nothing: in percent of one core for each call, in all and by what the threads are for.
record ProviderCost(double cpuPercentPerCall, Map<String, Double> threadsPercentPerCall) {
    private static final String COMPILER = "JIT compiler";

    static ProviderCost of(PhaseReport phase, PhaseReport nothing, int calls) {
        var threads = new TreeMap<String, Double>();
        phase.threadSeconds()
                .forEach(
                        (purpose, taken) ->
                                threads.put(
                                        purpose,
                                        percent(taken, phase, calls)
                                                - percent(
                                                        nothing.threadSeconds()
                                                                .getOrDefault(purpose, 0.0),
                                                        nothing,
                                                        calls)));
        return new ProviderCost(
                percent(phase.cpuSeconds(), phase, calls)
                        - percent(nothing.cpuSeconds(), nothing, calls),
                threads);
    }

    /// What the compiler took: it goes away as a process grows older.
    double compilerPercentPerCall() {
        return threadsPercentPerCall.getOrDefault(COMPILER, 0.0);
    }

    /// In milliseconds of processor time for each minute of a call.
    double millisPerCallMinute() {
        return cpuPercentPerCall * 600;
    }

    private static double percent(double seconds, PhaseReport phase, int calls) {
        return 100 * seconds / phase.seconds() / calls;
    }
}
