package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.CallLab.BOTH_WAYS;
import static io.sandalphone.harness.calls.CallLab.ONE_WAY;
import static io.sandalphone.harness.calls.CallLab.SOON;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/// Phones that send no packets in mid-call: some are mute, and some are gone.
@RealAsterisk
class SilentCallTest {
    // Seconds in place of production's minutes.
    private static final int CHECK_SECONDS = 2;
    private static final int END_SECONDS = 8;

    // Asterisk waits 32 s for an answer to its INVITE, then as long for one to its BYE (RFC 3261).
    private static final Duration UNANSWERED = Duration.ofSeconds(64).plus(SOON).plus(SOON);

    // Long enough for what is said next to be an utterance of its own.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final AsteriskHost host;

    SilentCallTest(AsteriskHost host) {
        this.host = host;
    }

    private CallLab open() {
        return CallLab.open(
                host,
                CallLab.tones()
                        .with(
                                "asterisk: {silent-leg: {check-after: %ds, end-after: %ds}}"
                                        .formatted(CHECK_SECONDS, END_SECONDS)));
    }

    private static double asked(CallLab lab) {
        return lab.controller().metric("sandalphone_overlay_silent_legs_asked_total");
    }

    private static short[] speech(ToneWord word) {
        return ToneSpeech.USUAL.withWord(Duration.ofSeconds(1)).render(word);
    }

    @Test
    void a_phone_that_vanished_is_ended_and_a_mute_one_stays_until_nobody_speaks_to_it()
            throws Exception {
        try (var lab = open();
                var ends = new EndedCalls(lab)) {
            JoinedCall left = lab.join(ONE_WAY);
            left.caller().media().repeat(speech(ToneWord.W2));
            left.destination().vanish();

            JoinedCall mute = lab.join(BOTH_WAYS);
            mute.destination().media().repeat(speech(ToneWord.V2));
            mute.caller().media().stopSending();

            try {
                left.caller().awaitEnded(UNANSWERED);
            } catch (AssertionError e) {
                throw new AssertionError(left.destination() + "\n" + host.log(), e);
            }
            assertTrue(left.caller().endedByFarEnd());
            left.events().close();

            assertTrue(mute.caller().isUp() && mute.destination().isUp(), mute::toString);
            assertTrue(asked(lab) > 2, "the mute phone was asked as well");
            mute.caller().media().resumeSending();
            mute.listen(PAUSE);
            mute.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W4));
            mute.awaitSpoken(ToneWord.W4);

            mute.caller().media().stopSending();
            mute.destination().media().hush();
            mute.caller().awaitEnded(SOON);
            mute.destination().awaitEnded(SOON);
            mute.events().close();
            left.destination().hangUp();
            assertEquals(
                    Map.of("completed destination-hung-up", 1, "completed silence", 1),
                    ends.awaitAll());
        }
    }

    @Test
    void a_phone_that_put_the_other_on_hold_is_not_asked() throws Exception {
        try (var lab = open();
                JoinedCall call = lab.join(ONE_WAY)) {
            call.caller().media().repeat(speech(ToneWord.W2));
            call.destination().hold();
            call.destination().media().stopSending();
            long begin = System.nanoTime();
            Duration hold = Duration.ofSeconds(END_SECONDS + CHECK_SECONDS);
            Poll.until(
                    hold.plus(SOON),
                    () -> System.nanoTime() - begin > hold.toNanos(),
                    "time passes");
            assertEquals(0, asked(lab));
            assertTrue(call.caller().isUp() && call.destination().isUp(), call::toString);

            call.destination().resume();
            Poll.until(SOON, () -> asked(lab) > 0, "it is asked when it is silent off hold");
            call.destination().media().resumeSending();
            call.caller().media().hush();
            call.listen(PAUSE);
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W4));
            call.awaitSpoken(ToneWord.W4);
        }
    }
}
