package io.sandalphone.harness.kills;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.calls.SoundGap;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class KillTableTest {
    private static KillResult adopted(long gapMillis, long stallMillis, long againMillis) {
        return new KillResult(
                Moment.SILENT,
                Duration.ZERO,
                Fate.ADOPTED,
                new SoundGap(0, Duration.ofMillis(gapMillis), Duration.ofMillis(stallMillis)),
                Duration.ofMillis(againMillis),
                List.of());
    }

    @Test
    void a_row_tells_what_became_of_the_calls_of_one_moment() {
        var kills =
                List.of(
                        new Kill(1, Duration.ofSeconds(3), List.of(adopted(41, 0, 900)), List.of()),
                        new Kill(
                                2,
                                Duration.ofSeconds(3),
                                List.of(adopted(90, 70, 700)),
                                List.of()));
        List<String> lines = Kills.table(kills).lines().toList();
        assertEquals(2, lines.size(), lines::toString);
        assertEquals(
                "nobody speaks 2 adopted 2 41 ms 0.90/0.90 s 0",
                lines.getLast().strip().replaceAll(" +", " "));
    }

    @Test
    void a_kill_holds_when_nothing_is_wrong_with_it_or_with_a_call() {
        KillResult good = adopted(20, 0, 800);
        KillResult bad =
                new KillResult(
                        Moment.DUCKED,
                        Duration.ofMillis(300),
                        Fate.BROKEN,
                        SoundGap.NONE,
                        null,
                        List.of("the two do not talk any more"));
        assertTrue(new Kill(1, Duration.ZERO, List.of(good), List.of()).holds());
        assertFalse(new Kill(1, Duration.ZERO, List.of(good, bad), List.of()).holds());
        Kill left = new Kill(7, Duration.ofMillis(4100), List.of(good), List.of("left behind: x"));
        assertFalse(left.holds());
        assertEquals(
                "kill 7, ready after 4.1 s: nobody speaks: adopted, gap 20 ms (machine stalled 0"
                        + " ms), interpreted again 0.80 s after the start | WRONG: left behind: x",
                left.toString());
    }
}
