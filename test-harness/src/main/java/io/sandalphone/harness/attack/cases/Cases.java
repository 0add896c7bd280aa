package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Everything that is tried.
public final class Cases {
    private Cases() {}

    /// All items, by their numbers.
    public static List<AttackCase> all() {
        return Stream.<AttackCase>of(
                        new RouteLoops(),
                        new SmallRtpRange(),
                        new FallbackLimits(),
                        new SlowRequests(),
                        new AsteriskTakeOver(),
                        new DestinationFence(),
                        new YamlTraps(),
                        new ConfigTraps(),
                        new HttpSurface(),
                        new RequestSmuggling())
                .sorted(Comparator.comparingInt(AttackCase::number))
                .toList();
    }
}
