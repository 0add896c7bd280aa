package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an agent can do for callers over carriers that need no Asterisk.
@Timeout(180)
class CarrierAgentToolsTest {
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TWILIO", "TELNYX", "BROWSER"})
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

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TWILIO", "TELNYX"})
    void who_may_not_call_is_not_answered_and_counted(Kind kind) throws Exception {
        try (var work =
                new AgentAtWork(kind, Optional.empty(), "callers: {allow: [\"+99*\"]}", "")) {
            PairPhone caller = work.lab.call(1);
            caller.awaitEnded(Duration.ofSeconds(30));
            work.lab
                    .events()
                    .await(
                            "ended",
                            ended ->
                                    ended.path("result").asText().equals("refused")
                                            && ended.path("reason")
                                                    .asText()
                                                    .equals("caller-not-allowed"),
                            Duration.ofSeconds(30));
            assertEquals(0, caller.heard().pcm().length, "nobody was answered");
            assertEquals(List.of(), work.model.asked());
        }
    }

    @Test
    void a_caller_is_asked_for_patience_while_a_tool_stalls_and_told_in_the_end() throws Exception {
        try (var work = new AgentAtWork(Kind.BROWSER, Optional.empty(), "[]")) {
            PairPhone caller = work.call();
            work.server.inject(Fault.STALL);
            long asked =
                    caller.say(
                            ToneSpeech.USUAL.withWord(Duration.ofMillis(400)).render(ToneWord.W1));
            Poll.until(
                    Duration.ofSeconds(60),
                    () -> caller.tones(asked).words().contains(AgentAtWork.FAILED),
                    () -> "told, not " + caller.tones(asked).words() + work.lab.gateway().log());
            List<ToneWord> words = caller.tones(asked).words();
            assertTrue(
                    words.indexOf(ToneWord.W3) >= 0
                            && words.indexOf(ToneWord.W3) < words.indexOf(AgentAtWork.FAILED),
                    "patience, then what came of it: " + words);
            assertTrue(caller.isUp(), "and may say it again");
        }
    }

    @Test
    void who_has_used_up_the_tokens_of_a_call_hears_a_goodbye() throws Exception {
        try (var work =
                new AgentAtWork(
                        Kind.BROWSER,
                        Optional.empty(),
                        "abilities: [hang-up]",
                        """
                        costs: {per-call: 1, prices: {openai: {million-tokens-read: 100000}}}
                        """)) {
            PairPhone caller = work.call();
            long asked =
                    caller.say(
                            ToneSpeech.USUAL.withWord(Duration.ofMillis(400)).render(ToneWord.W1));
            caller.awaitEnded(Duration.ofSeconds(30));
            assertTrue(
                    caller.tones(asked).words().contains(ToneWord.W3),
                    "a goodbye: " + caller.tones(asked).words());
            work.lab
                    .events()
                    .await(
                            "ended",
                            ended -> ended.path("reason").asText().equals("cost-limit"),
                            Duration.ofSeconds(30));
        }
    }
}
