package io.sandalphone.harness.pairs;

import io.sandalphone.harness.agents.ToneConversation;
import io.sandalphone.harness.controller.ControllerProgram;
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
        try (PairLab lab =
                ToneConversation.open(Kind.SIP, Optional.of(host), "", ControllerProgram.QUICK)) {
            System.out.println("SIP: " + AgentTalk.hold(lab));
        }
    }

    @Test
    void who_talks_with_an_agent_whose_gateway_dies_is_told_and_released(AsteriskHost host)
            throws Exception {
        try (PairLab lab =
                ToneConversation.open(Kind.SIP, Optional.of(host), "", ControllerProgram.QUICK)) {
            System.out.println("SIP, killed: " + AgentDeath.of(lab, Kind.SIP));
        }
    }
}
