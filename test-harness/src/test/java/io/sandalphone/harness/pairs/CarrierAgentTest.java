package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.agents.ToneConversation;
import io.sandalphone.harness.controller.ControllerProgram;
import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatFake;
import io.sandalphone.harness.fakes.chat.ChatModel;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.fakes.chat.OpenAiAccount;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;

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
        try (PairLab lab =
                ToneConversation.open(kind, Optional.empty(), "", ControllerProgram.QUICK)) {
            System.out.println(kind + ": " + AgentTalk.hold(lab));
        }
    }

    @Test
    void who_calls_through_a_telephone_system_by_http_is_greeted_and_answered() throws Exception {
        try (PairLab lab =
                        ToneConversation.open(
                                Kind.TWILIO, Optional.empty(), "", ControllerProgram.QUICK);
                HttpPbx pbx =
                        HttpPbx.call(lab.publicPort(), "+12125550199", new Line(2).called())) {
            ToneConversation.awaitHeard(lab, pbx::heard, List.of(ToneWord.W7, ToneWord.W8));
            short[] word = ToneConversation.word(ToneWord.W1);
            pbx.repeat(Arrays.copyOf(word, word.length + 4 * 8000));
            ToneConversation.awaitHeard(
                    lab, pbx::heard, List.of(ToneWord.W7, ToneWord.W8, ToneWord.W1));
            pbx.hangUp();
            lab.gateway().awaitIdle(Duration.ofSeconds(30));
        }
    }

    @Test
    void a_language_model_answers_and_one_that_fails_is_apologised_for() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (ChatFake model =
                        ChatFake.openAi(
                                vertx,
                                FakeOptions.PLAIN,
                                ChatModel.instant(ChatScript.echo()),
                                OpenAiAccount.OWN_SERVER);
                PairLab lab =
                        ToneConversation.open(
                                Kind.BROWSER,
                                Optional.empty(),
                                """
                                agent-defaults: {brain: [openai]}
                                brains: {openai: {base-url: "%s/v1", model: fake-mini}}
                                """
                                        .formatted(model.address()),
                                ControllerProgram.QUICK)) {
            ToneConversation conversation = ToneConversation.greeted(lab);
            PairPhone caller = conversation.caller();
            var _ = conversation.answered(ToneWord.W1);
            conversation.untilSilent();
            model.inject(Fault.SERVER_ERROR);
            caller.say(ToneConversation.word(ToneWord.W2));
            ToneConversation.awaitHeard(
                    lab,
                    () -> caller.heard().pcm(),
                    List.of(ToneWord.W7, ToneWord.W8, ToneWord.W1, ToneWord.W3, ToneWord.W3));
            assertTrue(caller.isUp(), "and may say it again");
            conversation.leave();
        } finally {
            vertx.close().await();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TWILIO", "TELNYX", "BROWSER"})
    void who_talks_with_an_agent_whose_gateway_dies_is_not_left_on_a_dead_line(Kind kind)
            throws Exception {
        try (PairLab lab =
                ToneConversation.open(kind, Optional.empty(), "", ControllerProgram.QUICK)) {
            System.out.println(kind + ", killed: " + AgentDeath.of(lab, kind));
        }
    }
}
