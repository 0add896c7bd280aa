package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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

    @Test
    void who_calls_through_a_telephone_system_by_http_is_greeted_and_answered() throws Exception {
        try (PairLab lab = AgentConversation.open(Kind.TWILIO, Optional.empty());
                HttpPbx pbx =
                        HttpPbx.call(lab.publicPort(), "+12125550199", new Line(2).called())) {
            AgentConversation.awaitHeard(lab, pbx::heard, List.of(ToneWord.W7, ToneWord.W8));
            short[] word = ToneSpeech.USUAL.withWord(Duration.ofMillis(400)).render(ToneWord.W1);
            pbx.repeat(Arrays.copyOf(word, word.length + 4 * 8000));
            AgentConversation.awaitHeard(
                    lab, pbx::heard, List.of(ToneWord.W7, ToneWord.W8, ToneWord.W1));
            pbx.hangUp();
            lab.gateway().awaitIdle(Duration.ofSeconds(30));
        }
    }
}
