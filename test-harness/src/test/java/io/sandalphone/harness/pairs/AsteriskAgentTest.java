package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Optional;

/// Conversations with an agent of who calls through the real Asterisk.
@RealAsterisk
@Timeout(180)
class AsteriskAgentTest {
    @Test
    void a_caller_is_greeted_answered_and_may_interrupt(AsteriskHost host) throws Exception {
        try (PairLab lab = AgentConversation.open(Kind.SIP, Optional.of(host))) {
            long heard = AgentConversation.greetedAnsweredInterrupted(lab);
            System.out.println("agent over SIP: silent " + heard + " ms after");
            assertTrue(heard <= 400, "silent after " + heard + " ms");
        }
    }
}
