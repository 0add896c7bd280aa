package io.sandalphone.harness.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.carrier.CallStatus;
import io.sandalphone.harness.carrier.Happening.What;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.carrier.Phone;
import io.sandalphone.harness.carrier.SimulatedCall;
import io.sandalphone.harness.carrier.TestGateway;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.sip.Answer;
import io.sandalphone.harness.sip.AnswerPolicy;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/// `<Dial><Sip>` of an address outside the simulated carrier: a real call.
class SipDialTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private SimulatedTwilio twilio;
    private TestGateway gateway;
    private SipPhone line;
    private SipPhone far;

    @BeforeEach
    void start() throws IOException {
        twilio = SimulatedTwilio.start(VERTX.get());
        gateway = TestGateway.start(VERTX.get());
        line = SipPhone.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        far = SipPhone.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        twilio.sipBy(line);
    }

    @AfterEach
    void stop() {
        twilio.close();
        gateway.close();
        line.close();
        far.close();
    }

    /// A call to the far end, of which a document says how long it rings; a sentence follows.
    private SimulatedCall call(Phone caller, AnswerPolicy policy) {
        far.onIncoming(policy);
        gateway.document(
                "/voice",
                "<Dial timeout='1'><Sip>%s;transport=udp</Sip></Dial><Say>over</Say>"
                        .formatted(far.uri("a1b2")));
        twilio.number(new IncomingNumber("+15550100", gateway.origin() + "/voice"));
        return twilio.call(caller, "+15550100");
    }

    private Phone caller() {
        return twilio.phone("+15550199");
    }

    @Test
    void both_hear_each_other_and_the_next_verb_follows_the_far_ends_hanging_up() throws Exception {
        Phone caller = caller();
        SimulatedCall call = call(caller, _ -> Answer.atOnce());
        PhoneCall called = far.awaitIncoming("a1b2", PATIENCE);
        called.awaitAnswered(PATIENCE);
        caller.repeat(ToneSpeech.USUAL.render(ToneWord.W5));
        called.media().repeat(ToneSpeech.USUAL.render(ToneWord.W6));

        Poll.until(
                PATIENCE,
                () -> ToneDetector.listen(caller.heard().pcm()).words().contains(ToneWord.W6),
                "the caller hears");
        Poll.until(
                PATIENCE,
                () ->
                        ToneDetector.listen(called.media().received().heardByTimestamp().pcm())
                                .words()
                                .contains(ToneWord.W5),
                "the far end hears");
        called.hangUp();
        twilio.journal().await(PATIENCE, What.VERB, "Say over");
        Poll.until(PATIENCE, () -> call.status() == CallStatus.COMPLETED, "it has ended");
        assertTrue(line.calls().isEmpty(), () -> line.calls().toString());
    }

    @Test
    void a_caller_who_hangs_up_ends_the_call_by_sip() throws Exception {
        Phone caller = caller();
        call(caller, _ -> Answer.atOnce());
        PhoneCall called = far.awaitIncoming("a1b2", PATIENCE);
        called.awaitAnswered(PATIENCE);
        Poll.until(PATIENCE, () -> caller.call().isPresent(), "the caller is in it");

        caller.hangUp();

        called.awaitEnded(PATIENCE);
        assertTrue(called.endedByFarEnd());
    }

    @Test
    void whoever_refuses_leaves_the_call_to_the_next_verb() throws Exception {
        call(caller(), _ -> Answer.refuse(404));

        twilio.journal().await(PATIENCE, What.VERB, "Say over");
        assertEquals(404, far.awaitIncoming("a1b2", PATIENCE).finalStatus(PATIENCE));
    }

    @Test
    void whoever_does_not_answer_in_time_is_called_no_longer() throws Exception {
        call(caller(), _ -> Answer.ring());

        twilio.journal().await(PATIENCE, What.VERB, "Say over");
        assertEquals(487, far.awaitIncoming("a1b2", PATIENCE).finalStatus(PATIENCE));
    }
}
