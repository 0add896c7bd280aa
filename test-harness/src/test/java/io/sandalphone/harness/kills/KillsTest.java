package io.sandalphone.harness.kills;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/// A short form of `scripts/kills`.
@RealAsterisk
class KillsTest {
    private static final long SEED = 20261201;

    /// A busy machine is late. What people notice on one that is not, `scripts/kills` says.
    private static final Bars LATE = new Bars(Duration.ofMillis(400), Duration.ofSeconds(15), 3);

    private static void assertHolds(AsteriskHost host, int count, boolean journal)
            throws Exception {
        List<Kill> done =
                new Kills(count, SEED, journal, LATE, EnumSet.allOf(Moment.class))
                        .run(host, ControllerProgram.QUICK, _ -> {});
        assertEquals(count, done.size());
        assertEquals(List.of(), done.stream().filter(kill -> !kill.holds()).toList());
    }

    /// Three calls to a kill: each moment comes twice.
    @Test
    void calls_in_every_state_outlive_a_gateway_that_is_killed(AsteriskHost host) throws Exception {
        assertHolds(host, 7, true);
    }

    @Test
    void so_they_do_untranslated_where_no_journal_is_kept(AsteriskHost host) throws Exception {
        assertHolds(host, 4, false);
    }
}
