package io.sandalphone.harness.pairs;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Optional;

/// Agents that put whoever calls through the real Asterisk through to other telephones there.
@RealAsterisk
@Timeout(300)
class AsteriskTransferTest {
    @Test
    void a_caller_is_put_through_and_whoever_is_not_reached_brings_the_agent_back(AsteriskHost host)
            throws Exception {
        try (AgentTransfer transfer = AgentTransfer.open(Kind.SIP, Optional.of(host))) {
            transfer.isJoinedAndInterpreted();
            transfer.isJoinedWithoutAnInterpreter();
            transfer.comesBackWhenNobodyAnswers();
            transfer.comesBackWhenThePersonIsGone();
            System.out.println(
                    "over SIP it stops ringing " + transfer.stopsRinging() + " ms after");
            transfer.talksOnWithoutTheGateway();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Pair.class,
            names = {"TWILIO_SIP", "SIP_TWILIO", "TELNYX_SIP", "BROWSER_SIP"})
    void a_caller_is_put_through_to_somebody_at_another_carrier(Pair pair, AsteriskHost host)
            throws Exception {
        try (AgentTransfer transfer = AgentTransfer.across(pair, Optional.of(host))) {
            transfer.isJoinedAndInterpreted();
            transfer.isJoinedWithoutAnInterpreter();
            transfer.comesBackWhenNobodyAnswers();
            transfer.comesBackWhenThePersonIsGone();
            System.out.println(
                    "over " + pair + " it stops ringing " + transfer.stopsRinging() + " ms after");
        }
    }
}
