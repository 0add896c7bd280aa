package io.sandalphone.speech.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.resilience.ReplayBuffer.Replay;
import io.sandalphone.speech.resilience.ReplayBuffer.Step;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

class ReplayBufferTest {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
    private static final int MOST = 250;

    private final ReplayBuffer buffer = new ReplayBuffer(MOST);
    private int heard;

    /// Up to here everything is answered, or its words are known.
    private int known;

    private void hear(int frames) {
        for (int i = 0; i < frames; i++) {
            buffer.hear(
                    new AudioFrame(
                            new short[FRAME], AudioFrame.TELEPHONE_RATE, (long) heard * FRAME));
            heard++;
        }
    }

    private long at(int frame) {
        return (long) frame * FRAME;
    }

    private static List<Long> sounds(Replay replay) {
        return replay.steps().stream()
                .filter(Step.Sound.class::isInstance)
                .map(step -> ((Step.Sound) step).frame().position())
                .toList();
    }

    @Test
    void while_nobody_speaks_only_that_is_kept_in_which_an_utterance_may_have_begun() {
        hear(1000);
        assertEquals(Transcription.PRE_ROLL_FRAMES, buffer.size());
    }

    @Test
    void what_was_answered_is_not_kept_while_the_speaker_goes_on() {
        hear(100);
        buffer.started(at(90));
        hear(100);
        assertEquals(110, buffer.size());
        buffer.settle(at(150));
        hear(1);
        assertEquals(51, buffer.size());
    }

    @Test
    void no_more_is_kept_than_may_be_however_long_an_answer_takes() {
        hear(100);
        buffer.started(at(90));
        hear(1000);
        assertEquals(MOST, buffer.size());
        assertEquals(at(1100 - MOST), buffer.replay().from());
        assertEquals(1100 - MOST - 90, buffer.replay().missing());
    }

    /// Whoever takes over hears every frame from where the replay begins, and that is no later than the first
    /// utterance which is not answered, as far as may be kept.
    @Test
    void nothing_is_lost_that_may_still_have_to_be_heard() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var drawn = new ReplayBufferTest();
            for (int turn = 0; turn < 20; turn++) {
                drawn.turn(random, "seed " + seed);
            }
        }
    }

    private void turn(Random random, String seed) {
        hear(1 + random.nextInt(60));
        int start = Math.max(known, heard - random.nextInt(Transcription.PRE_ROLL_FRAMES));
        buffer.started(at(start));
        int first = heard;
        while (random.nextInt(60) > 0) {
            hear(1);
            if (random.nextInt(30) == 0) {
                known = Math.max(known, start + random.nextInt(heard - start + 1));
                buffer.settle(at(known));
            }
            assertHears(start, seed);
        }
        buffer.ended(at(Math.max(first, heard - 28)));
        hear(random.nextInt(40));
        assertHears(start, seed);
        if (random.nextInt(10) > 0) {
            known = heard;
            buffer.answer(at(known));
        } else {
            hear(MOST + 60);
        }
        assertTrue(buffer.quiet(), seed);
    }

    private void assertHears(int start, String seed) {
        Replay replay = buffer.replay();
        int needed = Math.max(Math.max(start, known), heard - MOST);
        assertTrue(replay.from() <= at(needed), () -> seed + ": not from " + needed + " on");
        long next = replay.from();
        for (long position : sounds(replay)) {
            assertEquals(next, position, seed);
            next += FRAME;
        }
        assertEquals(at(heard), next, seed);
    }
}
