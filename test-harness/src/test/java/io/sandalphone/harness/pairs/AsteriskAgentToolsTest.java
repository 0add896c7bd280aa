package io.sandalphone.harness.pairs;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Optional;

/// What an agent can do for who calls through the real Asterisk.
@RealAsterisk
@Timeout(180)
class AsteriskAgentToolsTest {
    @Test
    void it_looks_things_up_takes_messages_and_presses_keys(AsteriskHost host) throws Exception {
        try (var work =
                new AgentAtWork(
                        Kind.SIP, Optional.of(host), "[hang-up, send-keys, take-message]")) {
            work.everything();
        }
    }
}
