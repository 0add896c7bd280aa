package io.sandalphone.providers.whisper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.worker.WorkerRequest;

import org.junit.jupiter.api.Test;

class UtteranceQueueTest {
    private final UtteranceQueue queue = new UtteranceQueue(10_000);

    private void hear(int speaker, int samples) {
        queue.hear(new WorkerRequest.Hear(speaker, new short[samples]));
    }

    private boolean end(int speaker, int speech) {
        return queue.end(new WorkerRequest.End(speaker, speech, "en"));
    }

    @Test
    void utterances_are_decoded_in_the_order_in_which_they_ended() throws Exception {
        hear(1, 100);
        hear(2, 200);
        hear(1, 100);
        assertTrue(end(2, 200));
        assertTrue(end(1, 200));
        assertEquals(2, queue.take().speaker());
        assertEquals(200, queue.take().pcm().length);
    }

    @Test
    void of_the_pause_after_it_200_ms_are_kept() throws Exception {
        hear(1, 8000);
        assertTrue(end(1, 4000));
        UtteranceQueue.Utterance utterance = queue.take();
        assertEquals(4000 + 1600, utterance.pcm().length);
        assertEquals(8000, utterance.samples());
    }

    @Test
    void what_does_not_fit_is_refused_until_there_is_room() throws Exception {
        hear(1, 6000);
        assertTrue(end(1, 6000));
        hear(2, 6000);
        assertFalse(end(2, 6000));
        queue.take();
        hear(2, 6000);
        assertTrue(end(2, 6000));
    }

    @Test
    void who_is_forgotten_leaves_room() throws Exception {
        hear(1, 9000);
        assertTrue(end(1, 9000));
        hear(1, 100);
        queue.forget(1);
        hear(2, 9000);
        assertTrue(end(2, 9000));
        assertEquals(2, queue.take().speaker());
        assertTrue(end(1, 100), "nothing is left to end");
    }

    @Test
    void no_utterance_grows_beyond_thirty_seconds() throws Exception {
        var large = new UtteranceQueue(1_000_000);
        for (int i = 0; i < 40; i++) {
            large.hear(new WorkerRequest.Hear(1, new short[8000]));
        }
        assertTrue(large.end(new WorkerRequest.End(1, 320_000, "es")));
        assertEquals(240_000, large.take().pcm().length);
    }
}
