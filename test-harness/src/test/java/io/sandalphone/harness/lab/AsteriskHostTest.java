package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Duration;

@RealAsterisk
class AsteriskHostTest {
    @Test
    void asterisk_runs_the_version_the_controller_is_made_for(AsteriskHost host) {
        assertTrue(host.version().startsWith("22.10."), host.version());
    }

    @Test
    void its_configuration_loads_without_an_error(AsteriskHost host) {
        assertEquals(
                "",
                String.join(
                        "\n",
                        host.log()
                                .lines()
                                .filter(line -> line.contains("ERROR"))
                                // What hostile packets of other tests are answered with.
                                .filter(line -> !line.contains("res_rtp_asterisk.c: Received"))
                                .toList()));
        assertFalse(host.console("module show").contains("Not Running"));
    }

    @Test
    void it_comes_back_after_a_crash_and_after_a_stop(AsteriskHost host) {
        host.kill();
        host.start();
        host.stop();
        host.start();
        host.awaitIdle(Duration.ofSeconds(1));
    }
}
