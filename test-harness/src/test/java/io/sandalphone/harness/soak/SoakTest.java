package io.sandalphone.harness.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A short form of `scripts/soak`: too short for anything to be said of what grows.
@RealAsterisk
class SoakTest {
    private static final long SEED = 20261201;

    @Test
    void calls_of_every_pair_outlive_faults_and_a_kill(AsteriskHost host, @TempDir Path logs)
            throws Exception {
        List<String> told = new ArrayList<>();
        Soak.Result result =
                new Soak(Duration.ofSeconds(60), SEED, true)
                        .run(host, ControllerProgram.QUICK, told::add, logs);

        assertEquals(List.of(), result.wrong(), told::toString);
        assertEquals(1, result.kills(), told::toString);
        assertTrue(result.rounds() >= 2, told::toString);
    }
}
