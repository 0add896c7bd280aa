package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.measure.Levels;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.PhoneMedia;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/// A far end whose sound comes from elsewhere, or whose packets are numbered from another start, in mid-call; and one that is
/// only silent, which is not to be taken for that.
@RealAsterisk
class ChangingSourceTest {
    private static final Duration WITHIN = Duration.ofSeconds(3);
    private static final String REPAIRED = "sandalphone_overlay_legs_repaired_total";

    // Asterisk would take nearly ten minutes to catch up.
    private static final int BEHIND = -30_000;

    // A word every 0.8 s, each an utterance.
    private static final int REFRAIN = 8 * 800;

    enum Change {
        SOURCE {
            @Override
            void applyTo(PhoneMedia media) {
                media.changeSource(BEHIND);
            }
        },
        PORT {
            @Override
            void applyTo(PhoneMedia media) throws IOException {
                media.changePort();
            }
        },
        SEQUENCE {
            @Override
            void applyTo(PhoneMedia media) {
                media.changeSequence(BEHIND);
            }
        };

        abstract void applyTo(PhoneMedia media) throws IOException;
    }

    private static CallLab lab;

    @BeforeAll
    static void open(AsteriskHost host) {
        lab = CallLab.open(host, CallLab.tones());
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE, false",
        "SOURCE, true",
        "PORT, false",
        "PORT, true",
        "SEQUENCE, false",
        "SEQUENCE, true"
    })
    void a_caller_whose_phone_changes_is_heard_and_understood_again_within_3_s(
            Change change, boolean ducked) throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            PhoneMedia media = call.caller().media();
            // In mid-call: what the phone sends at first has been looked at.
            call.listen(Duration.ofMillis(500));
            if (ducked) {
                media.say(ToneSpeech.USUAL.render(ToneWord.W1));
                call.awaitSpoken(ToneWord.W1);
            }
            change.applyTo(media);
            long changed = System.nanoTime();
            media.repeat(refrain(ToneWord.W5));
            long heard = awaitHeard(call.destination(), ToneWord.W5, changed);
            call.events()
                    .await(
                            "caption",
                            each -> each.path("said").asText().equals("wee"),
                            CallLab.SOON);
            long understood = millisSince(changed);
            System.out.printf(
                    "%s changed, %s: heard again after %d ms, understood after %d ms%n",
                    change, ducked ? "after ducking" : "never ducked", heard, understood);
            assertTrue(heard <= WITHIN.toMillis(), () -> "heard after " + heard + " ms");
            // An utterance is understood when it has ended.
            long word = REFRAIN / 8;
            assertTrue(
                    understood <= WITHIN.toMillis() + word,
                    () -> "understood after " + understood + " ms");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOURCE", "SEQUENCE"})
    void so_is_one_who_was_silent_for_long_and_one_whom_nobody_interprets(Change change)
            throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            call.listen(Duration.ofSeconds(8));
            change.applyTo(call.caller().media());
            change.applyTo(call.destination().media());
            long changed = System.nanoTime();
            call.caller().media().repeat(refrain(ToneWord.W5));
            call.destination().media().repeat(refrain(ToneWord.V6));
            long caller = awaitHeard(call.destination(), ToneWord.W5, changed);
            long destination = awaitHeard(call.caller(), ToneWord.V6, changed);
            System.out.printf(
                    "%s of both changed after 8 s of silence: the caller is heard again after"
                            + " %d ms, the destination after %d ms%n",
                    change, caller, destination);
            assertTrue(caller <= WITHIN.toMillis(), () -> "caller after " + caller + " ms");
            assertTrue(
                    destination <= WITHIN.toMillis(),
                    () -> "destination after " + destination + " ms");
        }
    }

    @Test
    void a_mute_caller_hears_the_other_without_a_gap() throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            double repaired = lab.controller().metric(REPAIRED);
            call.destination().media().repeat(steady(ToneWord.V3));
            Poll.until(
                    CallLab.SOON,
                    () -> Heard.by(call.caller()).millis(ToneWord.V3) > 100,
                    "the tone is heard");
            long from = System.nanoTime();
            call.listen(Duration.ofSeconds(8));

            long pause =
                    Heard.by(call.caller())
                            .longestPause(
                                    ToneWord.V3, from, from + Duration.ofMillis(7800).toNanos());
            System.out.printf("mute for 8 s: longest gap %d ms%n", pause);
            assertEquals(repaired, lab.controller().metric(REPAIRED), "legs repaired");
            assertTrue(pause <= 60, () -> "a gap of " + pause + " ms");
        }
    }

    private static long awaitHeard(PhoneCall by, ToneWord word, long sinceNanos) {
        Poll.until(
                CallLab.SOON,
                () -> !Heard.by(by).tones().heard(word).isEmpty(),
                () -> word.text() + " is heard");
        Heard heard = Heard.by(by);
        return heard.tones().heard(word).getFirst().startMillis()
                - heard.sound().millisAt(sinceNanos);
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    private static short[] refrain(ToneWord word) {
        return Arrays.copyOf(ToneSpeech.USUAL.render(word), REFRAIN);
    }

    /// 20 ms of a tone that join without a seam when they are repeated.
    private static short[] steady(ToneWord word) {
        short[] pcm = new short[160];
        double amplitude = Levels.sineAmplitude(ToneSpeech.USUAL.level());
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] =
                    (short)
                            Math.round(
                                    amplitude
                                            * Math.sin(2 * Math.PI * word.frequency() * i / 8000));
        }
        return pcm;
    }
}
