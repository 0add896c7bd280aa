package io.sandalphone.harness.pairs;

import io.sandalphone.harness.client.ClientPhone;
import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/// Agents that put their callers through, over carriers that need no Asterisk.
@Timeout(300)
class CarrierTransferTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TWILIO", "TELNYX"})
    void a_caller_is_put_through_and_whoever_is_not_reached_brings_the_agent_back(Kind kind)
            throws Exception {
        try (AgentTransfer transfer = AgentTransfer.open(kind, Optional.empty())) {
            transfer.isJoinedAndInterpreted();
            transfer.isJoinedWithoutAnInterpreter();
            transfer.comesBackWhenNobodyAnswers();
            transfer.comesBackWhenThePersonIsGone();
            System.out.println(
                    "over " + kind + " it stops ringing " + transfer.stopsRinging() + " ms after");
            transfer.handsOverWhenItFails();
            transfer.isReleasedWithoutTheGateway();
        }
    }

    @Test
    void a_browser_is_put_through_to_a_browser_that_stands_by() throws Exception {
        try (AgentTransfer transfer = AgentTransfer.withBrowser(Kind.BROWSER);
                ClientPhone person = standBy(transfer)) {
            await(person, "standby");
            PairPhone caller = transfer.asksForTheSpaniard();
            await(person, "incoming");
            person.answer();
            awaitHeard(person, ToneWord.V4);
            transfer.awaitState("talking");
            caller.say(ToneSpeech.USUAL.render(ToneWord.W6));
            awaitHeard(person, ToneWord.V6);
            person.say(ToneSpeech.USUAL.render(ToneWord.V2));
            Poll.until(
                    SOON,
                    () -> caller.tones(0).words().contains(ToneWord.W2),
                    () -> "translated for the caller" + transfer.lab().gateway().log());
            caller.hangUp();
            Poll.until(SOON, person::isOver, () -> "over: " + person.words());
            transfer.over();
        }
    }

    private static ClientPhone standBy(AgentTransfer transfer) {
        return ClientPhone.enter(
                transfer.vertx(),
                transfer.lab().publicPort(),
                new JsonObject()
                        .put("callId", UUID.randomUUID().toString())
                        .put("token", ControllerSettings.TOKEN)
                        .put("standby", "*"));
    }

    private static void await(ClientPhone client, String word) {
        Poll.until(SOON, () -> client.words().contains(word), () -> word + " in " + client.words());
    }

    private static void awaitHeard(ClientPhone client, ToneWord word) {
        Poll.until(
                SOON,
                () -> ToneDetector.listen(client.heard().pcm()).words().contains(word),
                () -> word + " in " + ToneDetector.listen(client.heard().pcm()).words());
    }
}
