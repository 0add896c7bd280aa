package io.sandalphone.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.call.LoopDetector.Attempt;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

class LoopDetectorTest {
    private static final String OURS = "+12125550101";
    private static final String PHONE = "+12125550102";
    private static final String ELSEWHERE = "+12125550103";
    private static final String ANNA = "+12125550109";
    private static final String BEN = "+12125550108";

    private static final Attempt WITHHELD = ring(PHONE, OURS, "");

    private static Attempt ring(String number, String shown, String caller) {
        return ring(number, shown, caller, 1);
    }

    private static Attempt ring(String number, String shown, String caller, int seconds) {
        return new Attempt(number, shown, caller, Duration.ofSeconds(seconds));
    }

    private static List<Attempt> times(int count, Attempt attempt) {
        return Collections.nCopies(count, attempt);
    }

    static Stream<Arguments> table() {
        return Stream.of(
                row("the first call", ANNA, List.of(), List.of(), false),
                row("forwarded by its destination", ANNA, List.of(PHONE), List.of(), true),
                row("forwarded by it, as ten digits", ANNA, List.of("2125550102"), List.of(), true),
                row("forwarded by another", ANNA, List.of(ELSEWHERE), List.of(), false),
                row(
                        "forwarded by another whom we ring",
                        ANNA,
                        List.of("12125550103"),
                        List.of(ring(ELSEWHERE, OURS, BEN)),
                        true),
                row(
                        "from ours to its phone",
                        OURS,
                        List.of(),
                        List.of(ring(PHONE, OURS, ANNA)),
                        true),
                row(
                        "from ours, as eleven digits",
                        "12125550101",
                        List.of(),
                        List.of(ring(PHONE, OURS, ANNA)),
                        true),
                row("from ours, nobody rings", OURS, List.of(), List.of(), false),
                row(
                        "from ours, another phone rings",
                        OURS,
                        List.of(),
                        List.of(ring(ELSEWHERE, OURS, ANNA)),
                        false),
                row(
                        "somebody else meanwhile",
                        BEN,
                        List.of(),
                        List.of(ring(PHONE, OURS, ANNA)),
                        false),
                row(
                        "a colleague with the same number",
                        ANNA,
                        List.of(),
                        List.of(ring(PHONE, ANNA, ANNA, 3)),
                        false),
                row(
                        "a colleague, where another number is shown",
                        ANNA,
                        List.of(),
                        List.of(ring(PHONE, OURS, ANNA, 3)),
                        false),
                row(
                        "the same number at once",
                        ANNA,
                        List.of(),
                        List.of(ring(PHONE, OURS, ANNA, 2)),
                        true),
                row(
                        "the same number at once, to another phone",
                        ANNA,
                        List.of(),
                        List.of(ring(ELSEWHERE, OURS, ANNA, 2)),
                        false),
                row(
                        "the same number for the third time",
                        "2125550109",
                        List.of(),
                        times(2, ring(PHONE, OURS, ANNA, 20)),
                        true),
                row("withheld, for the fourth time", "", List.of(), times(3, WITHHELD), false),
                row("withheld, for the fifth time", "", List.of(), times(4, WITHHELD), true),
                row("somebody beside four withheld", BEN, List.of(), times(4, WITHHELD), false),
                row(
                        "withheld, four others",
                        "",
                        List.of(),
                        times(4, ring(PHONE, OURS, ANNA)),
                        false),
                row(
                        "withheld, four for a while",
                        "",
                        List.of(),
                        times(4, ring(PHONE, OURS, "", 11)),
                        false),
                row(
                        "withheld, four elsewhere",
                        "",
                        List.of(),
                        times(4, ring(ELSEWHERE, OURS, "")),
                        false),
                row("twenty others", BEN, List.of(), times(20, ring(PHONE, OURS, ANNA)), false));
    }

    private static Arguments row(
            String what,
            String caller,
            List<String> forwardedBy,
            List<Attempt> attempts,
            boolean loops) {
        return Arguments.of(what, caller, forwardedBy, attempts, loops);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void what_comes_back_is_told_from_what_comes_for_the_first_time(
            String what,
            String caller,
            List<String> forwardedBy,
            List<Attempt> attempts,
            boolean loops) {
        assertEquals(loops, LoopDetector.comesBack(caller, forwardedBy, PHONE, attempts), what);
    }
}
