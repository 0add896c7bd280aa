package io.sandalphone.harness.calls;

import static io.sandalphone.harness.calls.PrivacyMatrix.Verdict.HEARD;
import static io.sandalphone.harness.calls.PrivacyMatrix.Verdict.NOTHING;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;

/// What each person hears in an interpreted call, through a real Asterisk.
@RealAsterisk
class CallSoundTest {
    // Interpreters here sing slowly, so that there is time to do something meanwhile.
    private static final int WORD_MILLIS = 700;

    // As the tones tell it: 20 ms of it are the detector's window.
    private static final int RESTORED_WITHIN = 100;

    // Not the usual one, and none that is a whole factor.
    private static final int DEPTH = 15;

    private static CallLab lab;

    @BeforeAll
    static void open(AsteriskHost host) {
        lab =
                CallLab.open(
                        host,
                        CallLab.tones()
                                .engine("tone", "word", WORD_MILLIS + "ms")
                                .with("interpretation: {voice-over: {duck: " + DEPTH + "}}"));
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everybody_hears_the_other_and_what_is_spoken_to_him_and_nothing_else(boolean relay)
            throws Exception {
        try (JoinedCall call = lab.join(relay ? CallLab.BOTH_WAYS : CallLab.ONE_WAY)) {
            // At the same time, so that whatever mixes up the two is found out.
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W3));
            call.destination().media().say(ToneSpeech.USUAL.render(ToneWord.V5, ToneWord.V7));
            call.awaitSpoken(ToneWord.W1, ToneWord.W3);
            if (relay) {
                call.awaitSpoken(ToneWord.V5, ToneWord.V7);
            }
            // Long enough for what comes back by mistake to be understood.
            call.listen(Duration.ofSeconds(2));

            var matrix = new PrivacyMatrix(call);
            var caller = matrix.source("caller's voice", ToneWord.W1, ToneWord.W3);
            var destination = matrix.source("destination's voice", ToneWord.V5, ToneWord.V7);
            var there = matrix.source("translation for destination", ToneWord.V1, ToneWord.V3);
            var back = matrix.source("translation for caller", ToneWord.W5, ToneWord.W7);
            System.out.printf("privacy, relay %s%n%s%n", relay ? "on" : "off", matrix);
            var withRelay = relay ? HEARD : NOTHING;
            assertEquals(List.of(NOTHING, HEARD, HEARD, NOTHING), caller);
            assertEquals(List.of(HEARD, NOTHING, NOTHING, withRelay), destination);
            assertEquals(List.of(NOTHING, HEARD, NOTHING, NOTHING), there);
            assertEquals(List.of(withRelay, NOTHING, NOTHING, NOTHING), back);
            assertEquals(List.of(), matrix.misheard(List.of("waa wcc", "vee vgg")));
        }
    }

    @Test
    void the_voice_sinks_as_deep_as_is_wanted_under_its_translation_and_is_back_within_100_ms()
            throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W2));
            call.events()
                    .await(
                            "caption",
                            each -> each.path("said").asText().equals("wbb"),
                            CallLab.SOON);
            // The caller talks on, from before the translation is heard until after it.
            call.caller().media().say(longTone(ToneWord.W6, 2000));
            call.awaitSpoken(ToneWord.W2);
            call.listen(Duration.ofMillis(1200));

            Heard heard = Heard.by(call.destination());
            HeardTone voice = heard.once(ToneWord.W6);
            HeardTone translation = heard.once(ToneWord.V2);
            double under =
                    heard.tones()
                            .level(
                                    ToneWord.W6,
                                    translation.startMillis() + 60,
                                    translation.endMillis() - 20);
            double after =
                    heard.tones()
                            .level(
                                    ToneWord.W6,
                                    translation.endMillis() + 100,
                                    voice.endMillis() - 20);
            long restored = translation.endMillis();
            while (heard.tones().level(ToneWord.W6, restored, restored + 10) < after - 1) {
                restored += 5;
            }
            long back = restored - translation.endMillis();
            System.out.printf(
                    "ducking: %.2f dB under %d ms of translation, restored %d ms after it, to"
                            + " %.2f dBov; translation at %.2f dBov%n",
                    under - after, translation.millis(), back, after, translation.level());
            assertEquals(-DEPTH, under - after, 1);
            assertEquals(ToneSpeech.USUAL.level(), after, 0.5);
            assertTrue(back <= RESTORED_WITHIN, () -> "restored after " + back + " ms");
            assertEquals(WORD_MILLIS, (double) translation.millis(), 20);
        }
    }

    @Test
    void what_is_said_under_a_translation_is_recognised_at_its_full_level() throws Exception {
        // As deep as it sinks for the listener, the tone engines would not hear it any more.
        int level = -41;
        ToneSpeech low = ToneSpeech.USUAL.withLevel(level);
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W2));
            awaitTranslationHeard(call, ToneWord.V1);
            long said = call.caller().media().say(low.render(ToneWord.W6, ToneWord.W7));
            call.awaitSpoken(ToneWord.W6, ToneWord.W7);

            Heard heard = Heard.by(call.destination());
            long end = heard.once(ToneWord.V2).endMillis();
            long spoken = heard.sound().millisAt(said + low.lasting(2).toNanos());
            System.out.printf(
                    "said under the translation: over %d ms before it ended, recognised; at the"
                            + " destination %.1f dBov%n",
                    end - spoken, heard.tones().loudest(ToneWord.W6));
            assertTrue(spoken < end, "it was said while the translation sounded");
            assertEquals(level - DEPTH, heard.tones().loudest(ToneWord.W6), 1.5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_translation_plays_in_full_when_the_caller_sends_nothing(boolean midway)
            throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W4));
            if (midway) {
                awaitTranslationHeard(call, ToneWord.V1);
            } else {
                call.listen(ToneSpeech.USUAL.lasting(2));
            }
            call.caller().media().stopSending();
            long stopped = System.nanoTime();
            call.awaitSpoken(ToneWord.W1, ToneWord.W4);
            call.listen(Duration.ofMillis(300));

            Heard heard = Heard.by(call.destination());
            HeardTone first = heard.once(ToneWord.V1);
            HeardTone second = heard.once(ToneWord.V4);
            System.out.printf(
                    "no packets from the caller from %d ms %s the translation: heard %d + %d of"
                            + " %d ms, at %.2f and %.2f dBov%n",
                    Math.abs(heard.sound().millisAt(stopped) - first.startMillis()),
                    midway ? "into" : "before",
                    first.millis(),
                    second.millis(),
                    2 * WORD_MILLIS,
                    first.level(),
                    second.level());
            assertEquals(WORD_MILLIS, (double) first.millis(), 20);
            assertEquals(WORD_MILLIS, (double) second.millis(), 20);
            assertEquals(ToneSpeech.USUAL.level(), first.level(), 0.5);
            assertEquals(ToneSpeech.USUAL.level(), second.level(), 0.5);
        }
    }

    @Test
    void words_held_up_for_400_ms_by_the_network_are_understood() throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            var media = call.caller().media();
            // The first word and the beginning of the second come at once, late.
            media.say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W2, ToneWord.W3, ToneWord.W4));
            media.stall(Duration.ofMillis(400));
            call.awaitSpoken(ToneWord.W1, ToneWord.W2, ToneWord.W3, ToneWord.W4);
            call.listen(Duration.ofMillis(300));

            Heard heard = Heard.by(call.destination());
            System.out.println("a stall of 400 ms: recognised; heard " + heard.words());
            assertEquals(List.of("waa wbb wcc wdd"), call.spoken());
            assertTrue(heard.words().containsAll(List.of(ToneWord.W3, ToneWord.W4)));
            assertEquals(
                    List.of(ToneWord.V1, ToneWord.V2, ToneWord.V3, ToneWord.V4),
                    heard.words().stream().filter(word -> word.name().startsWith("V")).toList());
        }
    }

    @Test
    void a_controller_that_stalls_for_400_ms_says_everything_once() throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W2));
            awaitTranslationHeard(call, ToneWord.V1);
            lab.controller().freeze();
            call.listen(Duration.ofMillis(400));
            lab.controller().thaw();
            call.awaitSpoken(ToneWord.W1, ToneWord.W2);
            call.listen(Duration.ofMillis(700));

            Heard heard = Heard.by(call.destination());
            System.out.printf(
                    "controller stalled: heard %d + %d of %d ms, %s%n",
                    heard.millis(ToneWord.V1),
                    heard.millis(ToneWord.V2),
                    2 * WORD_MILLIS,
                    heard.tones().heard());
            assertEquals(WORD_MILLIS, (double) heard.millis(ToneWord.V1), 40);
            assertEquals(WORD_MILLIS, (double) heard.millis(ToneWord.V2), 40);
        }
    }

    @Test
    void keys_pressed_by_either_reach_the_other() throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            for (char key : "159#".toCharArray()) {
                call.caller().media().press(key, Duration.ofMillis(100));
                call.listen(Duration.ofMillis(200));
            }
            call.destination().media().press('2', Duration.ofMillis(100));
            awaitPressed(call, "159#", "2");
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1));
            call.awaitSpoken(ToneWord.W1);
            System.out.println("keys: 159# and 2, and the call goes on");
            awaitPressed(call, "159#", "2");
        }
    }

    private static void awaitPressed(JoinedCall call, String byCaller, String byDestination) {
        Poll.until(
                CallLab.SOON,
                () ->
                        call.destination().media().pressed().equals(byCaller)
                                && call.caller().media().pressed().equals(byDestination),
                () ->
                        "the keys arrive: "
                                + call.destination().media().pressed()
                                + " and "
                                + call.caller().media().pressed());
    }

    /// Waits until the destination has heard a good part of `word`.
    private static void awaitTranslationHeard(JoinedCall call, ToneWord word) {
        Poll.until(
                CallLab.SOON,
                () -> Heard.by(call.destination()).millis(word) > WORD_MILLIS / 3,
                () -> word.text() + " is heard");
    }

    private static short[] longTone(ToneWord word, int millis) {
        return ToneSpeech.USUAL.withWord(Duration.ofMillis(millis)).render(word);
    }
}
