package io.sandalphone.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Finding;
import io.sandalphone.testing.WrittenLog;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class CheckUpTest {
    private static final Doctor.Line WELL = new Doctor.Line("asterisk", Finding.ok("is there"));
    private static final Doctor.Line NO_TRUNK =
            new Doctor.Line("asterisk", Finding.fault("asterisk.trunk.endpoint", "no trunk"));
    private static final Doctor.Line FEWER_CALLS =
            new Doctor.Line("asterisk", Finding.warning("limits", "fewer calls"));

    private final List<Duration> waits = new ArrayList<>();
    private int looks;

    @Test
    void where_all_is_well_nobody_looks_twice() throws Exception {
        assertEquals(List.of(), lasting(List.of(WELL)));
        assertEquals(List.of(), waits);
    }

    @Test
    void what_is_wrong_only_while_asterisk_starts_is_not_said() throws Exception {
        assertEquals(List.of(), lasting(List.of(NO_TRUNK), List.of(NO_TRUNK, WELL), List.of(WELL)));
        assertEquals(List.of(CheckUp.PAUSE, CheckUp.PAUSE), waits);
    }

    @Test
    void what_stays_wrong_is_said_as_the_last_look_finds_it() throws Exception {
        assertEquals(
                List.of(FEWER_CALLS),
                lasting(
                        List.of(NO_TRUNK),
                        List.of(NO_TRUNK, FEWER_CALLS),
                        List.of(WELL, FEWER_CALLS),
                        List.of(FEWER_CALLS),
                        List.of(WELL, FEWER_CALLS)));
        assertEquals(CheckUp.LOOKS, looks);
    }

    @Test
    void the_log_has_no_telephone_number() {
        try (WrittenLog log = new WrittenLog(CheckUp.class)) {
            CheckUp.report(
                    List.of(
                            new Doctor.Line(
                                    "routes",
                                    Finding.warning(
                                            "routes.\"+12125550001\"",
                                            "nobody calls +12125550002"))));
            assertTrue(log.text().contains("routes.…"), log::text);
            assertTrue(log.text().contains("nobody calls …"), log::text);
        }
    }

    @SafeVarargs
    private List<Doctor.Line> lasting(List<Doctor.Line>... found) throws InterruptedException {
        return CheckUp.lasting(() -> found[looks++], waits::add);
    }
}
