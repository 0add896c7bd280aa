package io.sandalphone.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class LagGovernorTest {
    private static final int BOUND = 8_000;

    private final LagGovernor governor = governor(BOUND, 1.25);

    private static LagGovernor governor(int bound, double fastest) {
        return new LagGovernor(new LagSettings(Duration.ofMillis(bound), fastest));
    }

    /// An utterance with so much sound left; `number` says whether it holds one.
    private static final class Clause implements LagGovernor.Waiting {
        int millis;
        final boolean number;

        Clause(int millis, boolean number) {
            this.millis = millis;
            this.number = number;
        }

        @Override
        public int millis() {
            return millis;
        }

        @Override
        public boolean essential() {
            return number;
        }
    }

    /// Lengths in milliseconds; with a `#` it holds a number.
    private static List<Clause> line(String clauses) {
        return Arrays.stream(clauses.strip().split("\\s+"))
                .map(
                        each ->
                                new Clause(
                                        Integer.parseInt(each.replace("#", "")),
                                        each.endsWith("#")))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "20000,          CALM,    1",
        "200 9000,       CALM,    1",
        "400 9000,       TIGHT,   1",
        "600 3000,       BRISK,   1.08",
        "300 300 9000,   BRISK,   1.08",
        "900 3000,       BRISK,   1.08",
        "1100 3000,      FAST,    1.15",
        "1400 3000,      FAST,    1.15",
        "900 700 3000,   HURRIED, 1.25",
        "4900 3000,      HURRIED, 1.25",
        "7900 3000,      JOINING, 1.25"
    })
    void the_more_is_to_be_heard_before_the_newest_the_faster_it_is_spoken(
            String clauses, LagStep step, double pace) {
        assertEquals(List.of(), governor.judge(line(clauses)));
        assertEquals(step, governor.step());
        assertEquals(pace, governor.pace());
        assertEquals(step != LagStep.CALM, governor.shortensPauses());
    }

    @Test
    void the_steps_go_with_the_bound() {
        LagGovernor half = governor(BOUND / 2, 1.25);
        half.judge(line("600 3000"));
        assertEquals(LagStep.FAST, half.step());
        assertEquals(2, half.judge(line("2000 1500 1000 3000")).size());
    }

    @Test
    void it_is_never_spoken_faster_than_is_allowed() {
        LagGovernor slow = governor(BOUND, 1.1);
        slow.judge(line("4000 1000"));
        assertEquals(LagStep.HURRIED, slow.step());
        assertEquals(1.1, slow.pace());
    }

    @Test
    void the_pace_rises_at_once_and_falls_by_one_step_with_each_utterance_that_begins() {
        governor.judge(line("2000 4000 1000"));
        assertEquals(LagStep.JOINING, governor.step());
        governor.judge(line("500 1000"));
        assertEquals(LagStep.JOINING, governor.step(), "while the same one sounds");
        governor.begins(line("3100 1000"));
        assertEquals(LagStep.JOINING, governor.step(), "what was joined is not to be due yet");
        governor.begins(line("2900 1000"));
        assertEquals(LagStep.HURRIED, governor.step());
        governor.begins(line("800 1000"));
        assertEquals(LagStep.HURRIED, governor.step(), "more than half of where it begins");
        governor.begins(line("700 1000"));
        assertEquals(LagStep.FAST, governor.step());
        governor.begins(line("1000"));
        assertEquals(LagStep.BRISK, governor.step());
        governor.judge(line("1200 1000"));
        assertEquals(LagStep.FAST, governor.step());
        governor.caughtUp();
        assertEquals(LagStep.CALM, governor.step());
    }

    @ParameterizedTest
    @CsvSource({
        "3000 3000 2000 1000,           ''",
        "3000 3000 2100 1000,           1 2",
        "3000 3000# 2100 1000,          2",
        "3000 3000# 2100# 1000,         1",
        "3000 6000# 2100# 1000,         1",
        "3000 5500# 2100# 1000 1000,    3 1",
        "9000 1000,                     1",
        "9000 1000#,                    1",
        "9000 1000 1000# 1000 1000,     1 3 2 4"
    })
    void beyond_the_bound_what_waits_before_the_newest_is_skipped_numbers_last(
            String clauses, String skipped) {
        List<Clause> line = line(clauses);
        List<Integer> places = governor.judge(line).stream().map(line::indexOf).toList();
        List<Integer> expected =
                skipped.isEmpty()
                        ? List.of()
                        : Arrays.stream(skipped.split(" ")).map(Integer::valueOf).toList();
        assertEquals(expected, places);
    }

    @Test
    void what_comes_is_joined_while_it_is_far_behind_and_enough_is_left_to_be_heard() {
        governor.judge(line("4000 1000"));
        assertFalse(governor.joins(7_000), "it is not that far behind");
        governor.judge(line("6000 1000"));
        assertTrue(governor.joins(3_100));
        assertFalse(governor.joins(2_900), "the engines need that long");
    }

    /// People who say anything at any speed, engines whose sound is longer than it seemed, and utterances that come to
    /// nothing.
    @Test
    void
            whatever_comes_the_newest_never_waits_longer_than_the_bound_and_numbers_are_skipped_last() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            int bound = 2_000 + random.nextInt(20_000);
            LagGovernor any = governor(bound, 1 + random.nextInt(50) / 100.0);
            List<Clause> line = new ArrayList<>();
            for (int event = 0; event < 400; event++) {
                int was = line.size();
                switch (random.nextInt(8)) {
                    case 0, 1 ->
                            line.add(new Clause(random.nextInt(6_000), random.nextInt(3) == 0));
                    case 2 -> line.forEach(each -> each.millis += random.nextInt(500));
                    case 3 -> {
                        if (was > 0) {
                            line.remove(random.nextInt(was));
                        }
                    }
                    default -> play(any, line, random.nextInt(1_500));
                }
                if (line.isEmpty()) {
                    any.caughtUp();
                    continue;
                }
                List<Clause> before = List.copyOf(line);
                List<Clause> skipped = any.judge(before);
                line.removeAll(skipped);
                String seen = "seed " + seed + " event " + event;
                assertTrue(LagGovernor.lag(line) <= bound, seen);
                assertTrue(line.contains(before.getFirst()), seen);
                if (skipped.stream().anyMatch(Clause::essential)) {
                    assertTrue(
                            line.stream()
                                    .skip(1)
                                    .allMatch(each -> each.number || each == before.getLast()),
                            seen);
                }
                assertTrue(any.pace() <= 1.5 && any.pace() >= 1, seen);
            }
        }
    }

    private static void play(LagGovernor governor, List<Clause> line, int millis) {
        int left = millis;
        while (left > 0 && !line.isEmpty()) {
            Clause first = line.getFirst();
            int played = Math.min(left, first.millis);
            first.millis -= played;
            left -= Math.max(played, 1);
            if (first.millis == 0) {
                line.removeFirst();
                if (!line.isEmpty()) {
                    governor.begins(line);
                }
            }
        }
    }
}
