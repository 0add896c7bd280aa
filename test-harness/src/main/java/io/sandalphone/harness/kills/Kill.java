package io.sandalphone.harness.kills;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// One kill: how long nobody was there, what came of each call, and what is wrong that is about no single call.
public record Kill(int number, Duration down, List<KillResult> calls, List<String> faults) {
    public Kill {
        calls = List.copyOf(calls);
        faults = List.copyOf(faults);
    }

    /// Whether everything is as it must be.
    public boolean holds() {
        return faults.isEmpty() && calls.stream().allMatch(call -> call.faults().isEmpty());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "kill %d, ready after %.1f s: %s%s",
                number,
                down.toMillis() / 1000.0,
                calls.stream().map(KillResult::toString).collect(Collectors.joining(" | ")),
                faults.isEmpty() ? "" : " | WRONG: " + String.join("; ", faults));
    }
}
