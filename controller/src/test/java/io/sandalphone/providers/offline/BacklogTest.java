package io.sandalphone.providers.offline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.worker.WorkerRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// On one thread: whatever would wait for ever fails by its time limit.
@Timeout(5)
class BacklogTest {
    private final Backlog backlog = new Backlog(1000);

    private boolean hear(int speaker, int samples) {
        return backlog.accept(new WorkerRequest.Hear(speaker, new short[samples]));
    }

    private void end(int speaker) {
        backlog.accept(new WorkerRequest.End(speaker, 0));
    }

    private int lengthOf(Backlog.Utterance utterance) throws InterruptedException {
        int samples = 0;
        short[] pcm;
        while ((pcm = backlog.next(utterance)) != null) {
            samples += pcm.length;
        }
        return samples;
    }

    @Test
    void one_speakers_utterances_come_one_after_another() throws Exception {
        hear(1, 100);
        end(1);
        hear(1, 200);
        end(1);
        hear(2, 300);
        end(2);
        var first = backlog.take();
        var other = backlog.take();
        assertEquals(1, first.speaker().id());
        assertEquals(2, other.speaker().id());
        assertEquals(100, lengthOf(first));
        backlog.done(first);
        var second = backlog.take();
        assertEquals(1, second.speaker().id());
        assertEquals(200, lengthOf(second));
        assertSame(first.speaker(), second.speaker());
    }

    @Test
    void sound_reaches_the_decoder_before_the_utterance_ends() throws Exception {
        hear(1, 100);
        var utterance = backlog.take();
        assertNotNull(backlog.next(utterance));
        assertFalse(backlog.behind(utterance));
        hear(1, 50);
        assertTrue(backlog.behind(utterance));
        assertNotNull(backlog.next(utterance));
        end(1);
        assertNull(backlog.next(utterance));
        assertEquals(Backlog.Outcome.COMPLETE, backlog.outcome(utterance));
    }

    @Test
    void another_decoder_is_asked_for_only_while_somebody_waits() throws Exception {
        assertTrue(hear(1, 100));
        backlog.take();
        assertFalse(hear(1, 100));
        assertTrue(hear(2, 100));
    }

    @Test
    void too_much_drops_the_utterance_that_waits_longest() throws Exception {
        hear(1, 400);
        var decoding = backlog.take();
        hear(2, 400);
        hear(3, 400);
        end(1);
        end(2);
        end(3);
        assertEquals(400, lengthOf(decoding));
        backlog.done(decoding);
        var dropped = backlog.take();
        assertEquals(2, dropped.speaker().id());
        assertEquals(0, lengthOf(dropped));
        assertEquals(Backlog.Outcome.DROPPED, backlog.outcome(dropped));
        backlog.done(dropped);
        assertEquals(400, lengthOf(backlog.take()));
    }

    @Test
    void a_decoder_too_slow_for_its_speaker_loses_the_utterance_once() throws Exception {
        hear(1, 100);
        var slow = backlog.take();
        hear(1, 1000);
        assertNull(backlog.next(slow));
        assertEquals(Backlog.Outcome.DROPPED, backlog.outcome(slow));
        backlog.done(slow);
        hear(1, 100);
        end(1);
        hear(1, 70);
        end(1);
        var next = backlog.take();
        assertEquals(70, lengthOf(next));
        assertEquals(Backlog.Outcome.COMPLETE, backlog.outcome(next));
    }

    @Test
    void a_forgotten_speaker_is_forgotten_everywhere() throws Exception {
        hear(1, 100);
        var utterance = backlog.take();
        hear(2, 100);
        backlog.accept(new WorkerRequest.Forget(1));
        backlog.accept(new WorkerRequest.Forget(2));
        assertEquals(0, lengthOf(utterance));
        assertEquals(Backlog.Outcome.FORGOTTEN, backlog.outcome(utterance));
        backlog.done(utterance);
        assertTrue(hear(3, 900));
        assertEquals(3, backlog.take().speaker().id());
    }
}
