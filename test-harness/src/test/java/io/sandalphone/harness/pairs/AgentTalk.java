package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.agents.ToneConversation;
import io.sandalphone.harness.agents.ToneConversation.Interrupted;
import io.sandalphone.harness.tone.ToneWord;

/// What must hold of a conversation with an agent whatever carries the caller.
final class AgentTalk {
    private AgentTalk() {}

    /// The caller is greeted, understood and answered, interrupts, waits, coughs, and hangs up amid an answer. Gives what was measured.
    static String hold(PairLab lab) {
        ToneConversation call = ToneConversation.greeted(lab);
        double delay = call.answered(ToneWord.W1);
        Interrupted interrupted = call.interrupted();
        assertTrue(
                interrupted.wordsOfRest() <= 3,
                "the rest is not said after the interruption: " + interrupted);
        call.silent();
        call.coughedAtInVain();
        call.leftAmidTheAnswer();
        return "answered after %.0f ms, silent after %d ms"
                .formatted(delay, interrupted.silentMillis());
    }
}
