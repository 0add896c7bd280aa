package io.sandalphone.media.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.G711;
import io.sandalphone.media.echo.EchoDetector.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class EchoDetectorTest {
    private static final int FRAME = 160;
    private static final int RATE = AudioFrame.TELEPHONE_RATE;

    private final EchoDetector detector = new EchoDetector();
    private final Random random = new Random(20_261_129);
    private long frames;
    private long position;

    /// Sends and hears at the same time, in real time by the clock that is given; gives where what was
    /// heard begins.
    private long run(double[] sent, double[] heard) {
        long start = position;
        int last = Math.max(sent.length, heard.length);
        for (int at = 0; at + FRAME <= last; at += FRAME) {
            long nanos = frames++ * 20_000_000L;
            if (at < sent.length) {
                detector.sent(new AudioFrame(coded(sent, at, 0), RATE, at), nanos);
            }
            short[] pcm = coded(heard, at, 8);
            detector.heard(
                    new AudioFrame(pcm, RATE, position),
                    true,
                    nanos + random.nextInt(15) * 1_000_000L);
            position += FRAME;
        }
        return start;
    }

    /// As the telephone network carries it, with a little noise.
    private short[] coded(double[] sound, int at, double noise) {
        var pcm = new short[FRAME];
        for (int i = 0; i < FRAME; i++) {
            double value = at + i < sound.length ? sound[at + i] : 0;
            double noisy = value + noise * random.nextGaussian();
            short sample = (short) Math.max(-32_000, Math.min(32_000, Math.round(noisy)));
            pcm[i] = G711.MU_LAW.decode(G711.MU_LAW.encode(sample));
        }
        return pcm;
    }

    private Verdict verdictOf(double[] sent, double[] heard) {
        long start = run(sent, heard);
        return detector.verdict(start, position);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 20", "60, 20", "150, 20", "400, 20", "600, 20", "20, 35", "60, 35", "250, 35",
        "400, 35", "600, 35"
    })
    void what_was_sent_is_found_again(int delayMillis, int softerDb) {
        double[] sent = SyntheticVoice.say(1, 3);
        double[] echo = SyntheticVoice.echo(sent, delayMillis, softerDb);
        assertEquals(Verdict.ALONE, verdictOf(sent, echo));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void another_voice_is_none(long seed) {
        assertEquals(
                Verdict.NONE,
                verdictOf(SyntheticVoice.say(1, 6), SyntheticVoice.say(seed, 6)),
                "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 35})
    void somebody_who_talks_over_the_echo_is_not_taken_for_it(int softerDb) {
        double[] sent = SyntheticVoice.say(1, 4);
        double[] echo = SyntheticVoice.echo(sent, 120, softerDb);
        verdictOf(sent, echo);
        double[] over = SyntheticVoice.mix(echo, SyntheticVoice.say(12, 4));
        assertNotEquals(Verdict.ALONE, verdictOf(sent, over));
    }

    @Test
    void an_answer_behind_the_echo_makes_it_a_part() {
        double[] sent = SyntheticVoice.say(1, 3);
        double[] echo = SyntheticVoice.echo(sent, 120, 20);
        double[] answer = SyntheticVoice.echo(SyntheticVoice.say(13, 1), 3_300, 0);
        assertEquals(Verdict.PARTLY, verdictOf(sent, SyntheticVoice.mix(echo, answer)));
    }

    @Test
    void a_short_word_is_found_once_the_telephone_is_known_to_echo() {
        double[] word = SyntheticVoice.say(3, 0.4);
        verdictOf(word, SyntheticVoice.echo(word, 100, 20));
        double[] sent = SyntheticVoice.say(1, 3);
        verdictOf(sent, SyntheticVoice.echo(sent, 100, 20));
        assertEquals(Verdict.ALONE, verdictOf(word, SyntheticVoice.echo(word, 100, 20)));
    }

    @Test
    void a_telephone_that_does_not_echo_any_more_is_not_suspected() {
        double[] sent = SyntheticVoice.say(1, 3);
        verdictOf(sent, SyntheticVoice.echo(sent, 100, 20));
        for (int seed = 20; seed < 26; seed++) {
            verdictOf(SyntheticVoice.say(seed, 3), SyntheticVoice.say(seed + 10, 3));
        }
        double[] word = SyntheticVoice.say(3, 0.4);
        assertEquals(Verdict.NONE, verdictOf(word, SyntheticVoice.echo(word, 100, 20)));
    }

    @Test
    void where_nothing_was_sent_nothing_comes_back() {
        assertEquals(Verdict.NONE, verdictOf(new double[0], SyntheticVoice.say(1, 2)));
    }

    @Test
    void what_was_sent_long_ago_is_none() {
        double[] sent = SyntheticVoice.say(1, 3);
        verdictOf(sent, SyntheticVoice.echo(sent, 100, 20));
        run(new double[0], new double[RATE]);
        assertEquals(Verdict.NONE, verdictOf(new double[0], sent));
    }

    @Test
    void the_delay_may_change_in_the_middle() {
        double[] sent = SyntheticVoice.say(1, 3);
        verdictOf(sent, SyntheticVoice.echo(sent, 80, 20));
        double[] other = SyntheticVoice.say(2, 4);
        assertEquals(Verdict.ALONE, verdictOf(other, SyntheticVoice.echo(other, 380, 20)));
    }

    @Test
    void frames_that_are_lost_spoil_their_block_alone() {
        double[] sent = SyntheticVoice.say(1, 5);
        double[] echo = SyntheticVoice.echo(sent, 100, 20);
        long start = position;
        for (int at = 0; at + FRAME <= sent.length; at += FRAME) {
            long nanos = frames++ * 20_000_000L;
            detector.sent(new AudioFrame(coded(sent, at, 0), RATE, at), nanos);
            if (at / FRAME % 60 != 30) {
                detector.heard(new AudioFrame(coded(echo, at, 8), RATE, position), true, nanos);
            }
            position += FRAME;
        }
        assertEquals(Verdict.ALONE, detector.verdict(start, position));
    }

    /// A machine that stands still for a moment, or a telephone that sends no silence.
    @ParameterizedTest
    @ValueSource(ints = {320, 480, 640, 780})
    void an_echo_that_breaks_off_is_nothing_but_an_echo(int soundsMillis) {
        double[] sent = SyntheticVoice.say(1, 3);
        verdictOf(sent, SyntheticVoice.echo(sent, 100, 20));
        double[] echo = SyntheticVoice.echo(sent, 100, 20);
        long start = position;
        int sounds = soundsMillis * 8;
        int silence = 5_120;
        for (int at = 0; at + FRAME <= sent.length; at += FRAME) {
            long nanos = frames++ * 20_000_000L;
            detector.sent(new AudioFrame(coded(sent, at, 0), RATE, at), nanos);
            if (at < sounds || at >= sounds + silence) {
                detector.heard(new AudioFrame(coded(echo, at, 8), RATE, position), true, nanos);
            }
            position += FRAME;
        }
        assertEquals(Verdict.ALONE, detector.verdict(start, start + sounds + silence));
    }
}
