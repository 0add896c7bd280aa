package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Optional;

/// Conversations with an agent over carriers that need no Asterisk.
@Timeout(180)
class CarrierAgentTest {
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TWILIO", "TELNYX", "BROWSER"})
    void a_caller_is_greeted_answered_and_may_interrupt(Kind kind) throws Exception {
        try (PairLab lab = AgentConversation.open(kind, Optional.empty())) {
            long heard = AgentConversation.greetedAnsweredInterrupted(lab);
            System.out.println("agent over " + kind + ": silent " + heard + " ms after");
            assertTrue(heard <= 400, kind + " is silent after " + heard + " ms");
        }
    }
}
