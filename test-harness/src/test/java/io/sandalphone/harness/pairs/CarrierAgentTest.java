package io.sandalphone.harness.pairs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.FakeOptions;
import io.sandalphone.harness.fakes.Fault;
import io.sandalphone.harness.fakes.chat.ChatFake;
import io.sandalphone.harness.fakes.chat.ChatModel;
import io.sandalphone.harness.fakes.chat.ChatScript;
import io.sandalphone.harness.fakes.chat.OpenAiAccount;
import io.sandalphone.harness.tone.ToneSpeech;
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
                        AgentConversation.open(
                                Kind.BROWSER,
                                Optional.empty(),
                                """
                                agent-defaults: {brain: [openai]}
                                brains: {openai: {base-url: "%s/v1", model: fake-mini}}
                                """
                                        .formatted(model.address()))) {
            PairPhone caller = lab.call(1);
            caller.awaitUp(Duration.ofSeconds(30));
            List<ToneWord> greeting = List.of(ToneWord.W7, ToneWord.W8);
            AgentConversation.awaitHeard(lab, () -> caller.heard().pcm(), greeting);
            AgentConversation.untilSilent(caller);
            ToneSpeech said = ToneSpeech.USUAL.withWord(Duration.ofMillis(400));
            caller.say(said.render(ToneWord.W1));
            AgentConversation.awaitHeard(
                    lab,
                    () -> caller.heard().pcm(),
                    List.of(ToneWord.W7, ToneWord.W8, ToneWord.W1));
            AgentConversation.untilSilent(caller);
            model.inject(Fault.SERVER_ERROR);
            long asked = caller.say(said.render(ToneWord.W2));
            AgentConversation.awaitHeard(
                    lab,
                    () -> caller.heard().pcm(),
                    List.of(ToneWord.W7, ToneWord.W8, ToneWord.W1, ToneWord.W3, ToneWord.W3));
            long silent = caller.tones(asked).heard().getFirst().startMillis() - 480;
            assertTrue(silent < 4000, "told after " + silent + " ms");
            assertTrue(caller.isUp(), "and may say it again");
            caller.hangUp();
            lab.awaitNobodyLeft(Duration.ofSeconds(30));
        } finally {
            vertx.close().await();
        }
    }
}
