package io.sandalphone.harness.attack.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.attack.Attack;
import io.sandalphone.harness.controller.ControllerProcess;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Command;
import io.sandalphone.harness.lab.RealAsterisk;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// `scripts/attack --target` on the server itself: Asterisk as it is rendered, and a controller.
@RealAsterisk
class TargetOnGatewayTest {
    @Test
    void a_gateway_as_it_is_shipped_withstands_what_may_be_tried_at_it(AsteriskHost host) {
        try (var _ = ControllerProcess.start(host, ControllerSettings.tones())) {
            Command.Result result = attack(host, ControllerSettings.TOKEN, "--yes");
            assertEquals(0, result.status(), result.output());
            for (int number : new int[] {25, 26, 29, 30, 33}) {
                assertTrue(
                        result.output().contains("\n%02d ok ".formatted(number)), result::output);
            }
            assertTrue(host.channels().isEmpty(), () -> "channels " + host.channels());
        }
    }

    @Test
    void nothing_is_sent_before_somebody_has_agreed(AsteriskHost host) {
        String before = host.securityLog();
        Command.Result result = attack(host, "");
        assertEquals(2, result.status(), result.output());
        assertTrue(result.output().contains("nothing was sent"), result::output);
        assertEquals(before, host.securityLog());
    }

    private static Command.Result attack(AsteriskHost host, String token, String... more) {
        List<String> command = new ArrayList<>(List.of("env", "SANDALPHONE_TOKEN=" + token));
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(
                List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Attack.class.getName(),
                        "--target",
                        "--sip",
                        AsteriskHost.ADDRESS + ":5060",
                        "--http",
                        "http://127.0.0.1:" + ControllerSettings.PORT,
                        "--ari",
                        "127.0.0.1:8088"));
        command.addAll(List.of(more));
        return Command.attempt(host.vps().command(command));
    }
}
