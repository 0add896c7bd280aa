package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Optional;

/// What an agent can do for callers over carriers that need no Asterisk.
@Timeout(180)
class CarrierAgentToolsTest {
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TWILIO", "BROWSER"})
    void it_looks_things_up_takes_messages_and_presses_keys(Kind kind) throws Exception {
        try (var work =
                new AgentAtWork(kind, Optional.empty(), "[hang-up, send-keys, take-message]")) {
            work.everything();
        }
    }

    @Test
    void what_is_not_switched_on_is_not_offered_and_cannot_be_done() throws Exception {
        try (var work = new AgentAtWork(Kind.BROWSER, Optional.empty(), "[]")) {
            PairPhone caller = work.call();
            work.ask(caller, ToneWord.W2, AgentAtWork.FAILED);
            work.ask(caller, ToneWord.W4, AgentAtWork.FAILED);
            assertEquals("", caller.keys());
            assertEquals(List.of(), work.requests);
            assertEquals(List.of("find_room"), work.model.asked().getFirst().tools());
        }
    }
}
