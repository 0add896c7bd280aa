package io.sandalphone.harness.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// That the phone speaks SIP and RTP as Asterisk does; one phone is both the caller and the carrier
/// that is dialled.
@RealAsterisk
class SipPhoneOnAsteriskTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String CALLED =
            "sip:" + RealAsterisk.CALLED + "@" + AsteriskHost.ADDRESS + ":5060";

    private final AsteriskHost host;
    private SipPhone carrier;

    SipPhoneOnAsteriskTest(AsteriskHost host) {
        this.host = host;
    }

    @BeforeEach
    void open_the_carrier() throws IOException {
        carrier =
                SipPhone.open(
                        host.carrier(), new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, 5060));
    }

    @AfterEach
    void nothing_of_the_call_remains() {
        carrier.calls().forEach(PhoneCall::hangUp);
        host.awaitIdle(Duration.ofSeconds(5));
        carrier.close();
    }

    @Test
    void words_and_keys_cross_asterisk_at_their_level_and_in_time() throws Exception {
        PhoneCall caller = carrier.call("+15550100009", CALLED);
        caller.awaitAnswered(SOON);
        PhoneCall destination = carrier.awaitIncoming(RealAsterisk.DESTINATION, SOON);
        awaitUntil(() -> heardSomething(caller) && heardSomething(destination));

        long said = caller.media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W2));
        destination.media().say(ToneSpeech.USUAL.render(ToneWord.V5, ToneWord.V6));
        awaitUntil(() -> detector(destination).words().contains(ToneWord.W2));
        awaitUntil(() -> detector(caller).words().contains(ToneWord.V6));

        assertEquals(List.of(ToneWord.W1, ToneWord.W2), detector(destination).words());
        assertEquals(List.of(ToneWord.V5, ToneWord.V6), detector(caller).words());
        HeardTone first = detector(destination).heard().getFirst();
        assertEquals(ToneSpeech.USUAL.level(), first.level(), 0.3);
        double late = (heard(destination).nanosAt(first.startMillis()) - said) / 1e6;
        assertTrue(late > -5 && late < 60, "heard " + late + " ms after it was said");
        assertTrue(detector(caller).loudest(ToneWord.W1) < ToneDetector.LEAK_BOUND);

        caller.media().press('5', Duration.ofMillis(100));
        awaitUntil(() -> destination.media().pressed().equals("5"));
        caller.hangUp();
        destination.awaitEnded(SOON);
        assertTrue(destination.endedByFarEnd());
    }

    @Test
    void a_busy_destination_and_a_caller_who_gives_up_are_understood() throws Exception {
        carrier.onIncoming(_ -> Answer.refuse(486));
        assertEquals(486, carrier.call("+15550100009", CALLED).finalStatus(SOON));

        carrier.awaitIncoming(RealAsterisk.DESTINATION, SOON).awaitEnded(SOON);

        carrier.onIncoming(_ -> Answer.ring());
        PhoneCall caller = carrier.call("+15550100009", CALLED);
        // Asterisk lets the caller hear ringing before it dials.
        PhoneCall destination = carrier.awaitIncoming(RealAsterisk.DESTINATION, SOON);
        caller.hangUp();
        caller.awaitEnded(SOON);
        destination.awaitEnded(SOON);
        assertTrue(destination.endedByFarEnd());
    }

    private static boolean heardSomething(PhoneCall call) {
        return call.media().received().sound().size() > 10;
    }

    private static SoundTimeline heard(PhoneCall call) {
        return call.media().received().heardByTimestamp();
    }

    private static ToneDetector detector(PhoneCall call) {
        return ToneDetector.listen(heard(call).pcm());
    }

    private static void awaitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not happen within 5 s");
            LockSupport.parkNanos(5_000_000);
        }
    }
}
