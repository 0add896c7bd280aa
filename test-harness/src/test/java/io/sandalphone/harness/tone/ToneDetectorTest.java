package io.sandalphone.harness.tone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.measure.Levels;
import io.sandalphone.harness.measure.MuLaw;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

class ToneDetectorTest {
    private static final ToneSpeech VOICE = ToneSpeech.USUAL;

    @Test
    void all_words_are_heard_once_and_in_order() {
        List<ToneWord> all = List.of(ToneWord.values());
        assertEquals(all, listen(VOICE.render(all)).words());
    }

    @ParameterizedTest
    @EnumSource
    void when_and_how_loud_a_word_was_is_measured(ToneWord word) {
        short[] pcm = new short[8000];
        place(VOICE.render(word), pcm, 2003);
        List<HeardTone> heard = listen(pcm).heard();
        assertEquals(1, heard.size(), () -> "heard " + heard);
        assertEquals(250, (double) heard.getFirst().startMillis(), 5);
        assertEquals(490, (double) heard.getFirst().endMillis(), 5);
        assertEquals(VOICE.level(), heard.getFirst().level(), 0.3);
    }

    @Test
    void a_word_said_twice_is_heard_twice() {
        assertEquals(
                List.of(ToneWord.W3, ToneWord.W3),
                listen(VOICE.render(ToneWord.W3, ToneWord.W3)).words());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 40, 80, 120})
    void one_lost_packet_does_not_split_a_word(int phase) {
        short[] pcm = VOICE.render(ToneWord.W5);
        Arrays.fill(pcm, 800 + phase, 960 + phase, (short) 0);
        assertEquals(List.of(ToneWord.W5), listen(pcm).words());
    }

    @Test
    void a_voice_and_its_ducking_are_measured_under_a_translation() {
        short[] voice = VOICE.withWord(Duration.ofSeconds(3)).render(ToneWord.W1);
        for (int i = 8000; i < 16000; i++) {
            voice[i] = (short) Math.round(voice[i] * 0.25);
        }
        place(VOICE.withWord(Duration.ofSeconds(1)).render(ToneWord.V2), voice, 8000);
        ToneDetector detector = listen(voice);
        assertEquals(-22, detector.level(ToneWord.W1, 100, 950), 0.3);
        assertEquals(-34, detector.level(ToneWord.W1, 1050, 1950), 0.3);
        assertEquals(-22, detector.level(ToneWord.W1, 2050, 2900), 0.3);
        assertEquals(-22, detector.level(ToneWord.V2, 1050, 1950), 0.3);
        assertEquals(List.of(ToneWord.W1, ToneWord.V2), detector.words());
    }

    @Test
    void no_pair_of_loud_words_reaches_the_leak_bound_of_a_third() {
        long seed = 4;
        Random random = new Random(seed);
        for (ToneWord voice : ToneWord.values()) {
            for (ToneWord translation : ToneWord.values()) {
                double ducked = random.nextBoolean() ? -12 : 0;
                short[] pcm = VOICE.withLevel(ToneSpeech.LOUDEST + ducked).render(voice);
                // Any phase: two phones know nothing of each other.
                place(
                        VOICE.withLevel(ToneSpeech.LOUDEST).render(translation),
                        pcm,
                        random.nextInt(160));
                ToneDetector detector = listen(pcm);
                for (ToneWord third : ToneWord.values()) {
                    if (third != voice && third != translation) {
                        double level = detector.loudest(third);
                        assertTrue(
                                level < ToneDetector.LEAK_BOUND,
                                () ->
                                        "%s at %.1f dBov under %s and %s, seed %d"
                                                .formatted(third, level, voice, translation, seed));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_leak_thirty_decibels_under_a_voice_exceeds_the_bound(ToneWord leaking) {
        for (ToneWord voice : ToneWord.values()) {
            short[] pcm = VOICE.withLevel(-20).render(voice);
            place(VOICE.withLevel(-50).render(leaking), pcm, 0);
            double level = listen(pcm).loudest(leaking);
            assertTrue(level > ToneDetector.LEAK_BOUND, "under " + voice + " only " + level);
        }
    }

    @Test
    void a_leak_into_silence_is_measured_down_to_the_last_steps_of_mu_law() {
        short[] pcm = VOICE.withLevel(-68).render(ToneWord.V6);
        assertEquals(-68, listen(pcm).loudest(ToneWord.V6), 2);
    }

    @Test
    void a_click_is_no_word() {
        short[] pcm = new short[8000];
        pcm[4000] = Short.MAX_VALUE;
        Arrays.fill(pcm, 6000, 6040, (short) 20_000);
        ToneDetector detector = listen(pcm);
        assertEquals(List.of(), detector.words());
        assertEquals(Levels.SILENCE, detector.loudest(ToneWord.W1));
    }

    @Test
    void idle_mu_law_noise_stays_far_below_the_leak_bound() {
        Random random = new Random(5);
        short[] pcm = new short[16000];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) (random.nextInt(3) * 8 - 8);
        }
        ToneDetector detector = listen(pcm);
        for (ToneWord word : ToneWord.values()) {
            assertTrue(detector.loudest(word) < -72, word + " at " + detector.loudest(word));
        }
    }

    @Test
    void sound_too_short_to_measure_holds_nothing() {
        assertEquals(List.of(), listen(new short[10]).words());
        assertEquals(Levels.SILENCE, listen(new short[10]).level(ToneWord.W1, 0, 100));
    }

    /// As a telephone would hear `pcm`.
    private static ToneDetector listen(short[] pcm) {
        return ToneDetector.listen(MuLaw.decode(MuLaw.encode(pcm)));
    }

    private static void place(short[] sound, short[] into, int at) {
        for (int i = 0; i < sound.length && at + i < into.length; i++) {
            into[at + i] += sound[i];
        }
    }
}
