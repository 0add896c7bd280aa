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
        host.stop();
        int before = host.log().length();
        host.start();
        assertEquals(
                "",
                String.join(
                        "\n",
                        host.log()
                                .substring(before)
                                .lines()
                                .filter(line -> line.contains("ERROR"))
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
