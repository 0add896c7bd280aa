package io.sandalphone.providers.whisper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.speech.text.admission.WhisperHearing;
import io.sandalphone.speech.worker.WorkerRequest;
import io.sandalphone.speech.worker.WorkerResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

class UtteranceQueueTest {
    /// What the encoder needs for sound up to 4.4 s, and what it takes on this machine.
    private static final int CONTEXT = 256;

    /// As much of a pause as is heard when it is told of, and a little more.
    private static final int PAUSE = 960;

    private static final long DECODING = TimeUnit.MILLISECONDS.toNanos(400);
    private static final long LONGEST_WAIT = 3 * DECODING;

    private long now;
    private final UtteranceQueue queue = queue(1);

    private UtteranceQueue queue(double cores) {
        return new UtteranceQueue(
                LONGEST_WAIT,
                new Pace(CONTEXT, DECODING, 0),
                new PartialBudget(cores, 0),
                () -> now);
    }

    private void speak(int speaker, int samples) {
        queue.begin(new WorkerRequest.Begin(speaker, "en"));
        hear(speaker, samples, 1000);
    }

    private void hear(int speaker, int samples, int level) {
        for (int at = 0; at < samples; at += 160) {
            var pcm = new short[Math.min(160, samples - at)];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) (i % 2 == 0 ? level : -level);
            }
            queue.hear(new WorkerRequest.Hear(speaker, pcm));
        }
    }

    /// They have said so much, and pause.
    private void pause(int speaker, int speech) {
        queue.pause(new WorkerRequest.Pause(speaker, speech));
        hear(speaker, PAUSE, 0);
    }

    private Optional<WorkerResponse> end(int speaker, int speech) {
        return queue.end(new WorkerRequest.End(speaker, speech));
    }

    private static WhisperHearing heard(String text) {
        return new WhisperHearing(text, 0.1, -0.1);
    }

    private Optional<WorkerResponse> attempted(UtteranceQueue.Growing attempt, String text) {
        return queue.attempted(attempt, heard(text), DECODING, DECODING);
    }

    private UtteranceQueue.Growing takeGrowing() throws InterruptedException {
        return assertInstanceOf(UtteranceQueue.Growing.class, queue.take());
    }

    private UtteranceQueue.Finished takeFinished() throws InterruptedException {
        return assertInstanceOf(UtteranceQueue.Finished.class, queue.take());
    }

    private static WorkerResponse.Final words(Optional<WorkerResponse> answer) {
        return assertInstanceOf(WorkerResponse.Final.class, answer.orElseThrow());
    }

    @Test
    void utterances_are_decoded_in_the_order_in_which_they_ended() throws Exception {
        speak(1, 100);
        speak(2, 200);
        hear(1, 100, 1000);
        assertEquals(Optional.empty(), end(2, 200));
        assertEquals(Optional.empty(), end(1, 200));
        assertEquals(2, takeFinished().speaker());
        assertEquals(200, takeFinished().pcm().length);
    }

    @Test
    void of_the_pause_after_it_200_ms_are_kept() throws Exception {
        speak(1, 7000);
        assertEquals(Optional.empty(), end(1, 4000));
        UtteranceQueue.Finished utterance = takeFinished();
        assertEquals(4000 + 1600, utterance.pcm().length);
        assertEquals(7000, utterance.samples());
    }

    @Test
    void what_would_take_too_long_is_refused_until_there_is_room() throws Exception {
        for (int speaker = 1; speaker <= 3; speaker++) {
            speak(speaker, 4000);
            assertEquals(Optional.empty(), end(speaker, 4000));
        }
        speak(4, 4000);
        var refused = assertInstanceOf(WorkerResponse.Dropped.class, end(4, 4000).orElseThrow());
        assertEquals(4, refused.speaker());
        assertTrue(refused.reason().startsWith("its words would take 1600 ms"), refused::reason);
        UtteranceQueue.Finished first = takeFinished();
        speak(4, 4000);
        assertTrue(end(4, 4000).isPresent(), "the first is still being decoded");
        queue.decoded(first, heard("yes"), WhisperHearing.Verdict.CREDIBLE, DECODING);
        speak(4, 4000);
        assertEquals(Optional.empty(), end(4, 4000));
    }

    @Test
    void a_machine_that_is_too_slow_refuses_everything_and_is_tried_again_later() {
        queue.took(CONTEXT, 100 * DECODING);
        speak(1, 4000);
        assertInstanceOf(WorkerResponse.Dropped.class, end(1, 4000).orElseThrow());
        now = TimeUnit.SECONDS.toNanos(31);
        speak(1, 4000);
        assertEquals(Optional.empty(), end(1, 4000));
        speak(2, 4000);
        assertTrue(end(2, 4000).isPresent(), "one at a time is enough to try");
    }

    @Test
    void who_is_forgotten_leaves_room() throws Exception {
        for (int speaker = 1; speaker <= 3; speaker++) {
            speak(speaker, 4000);
            end(speaker, 4000);
        }
        queue.forget(1);
        speak(4, 4000);
        assertEquals(Optional.empty(), end(4, 4000));
        assertEquals(2, takeFinished().speaker());
        assertEquals(Optional.empty(), end(1, 100), "nothing is left to end");
    }

    @Test
    void no_utterance_grows_beyond_thirty_seconds() throws Exception {
        speak(1, 320_000);
        now = TimeUnit.SECONDS.toNanos(31);
        end(1, 320_000);
        assertEquals(240_000, takeFinished().pcm().length);
    }

    @Test
    void what_goes_on_is_decoded_about_every_second_and_words_that_agree_are_stable()
            throws Exception {
        speak(1, 8000);
        UtteranceQueue.Growing first = takeGrowing();
        assertEquals(8000, first.pcm().length);
        assertEquals(
                Optional.of(new WorkerResponse.Partial(1, "", "good", 8000)),
                attempted(first, "good"));
        hear(1, 7840, 1000);
        hear(1, 160, 1000);
        assertEquals(
                Optional.of(new WorkerResponse.Partial(1, "good", "morning", 16_000)),
                attempted(takeGrowing(), "good morning"));
        end(1, 16_000);
        UtteranceQueue.Finished whole = takeFinished();
        WorkerResponse.Final answer =
                words(
                        Optional.of(
                                queue.decoded(
                                        whole,
                                        heard("could mourning"),
                                        WhisperHearing.Verdict.CREDIBLE,
                                        DECODING)));
        assertEquals(new WorkerResponse.Before(1, 1, false), answer.before());
    }

    @Test
    void what_is_finished_comes_first_and_what_goes_on_is_abandoned_for_it() throws Exception {
        speak(1, 8000);
        speak(2, 4000);
        UtteranceQueue.Growing attempt = takeGrowing();
        assertFalse(queue.urgent());
        end(2, 4000);
        assertTrue(queue.urgent());
        assertEquals(Optional.empty(), queue.attempted(attempt, null, DECODING, DECODING));
        hear(1, 8000, 1000);
        assertEquals(2, takeFinished().speaker());
        assertFalse(queue.urgent(), "nothing is more urgent than what is finished");
    }

    @Test
    void who_pauses_comes_before_who_does_not() throws Exception {
        speak(1, 16_000);
        speak(2, 6000);
        UtteranceQueue.Growing first = takeGrowing();
        assertEquals(1, first.speaker());
        pause(2, 6000);
        assertTrue(queue.urgent());
        queue.attempted(first, null, DECODING, 0);
        hear(1, 16_000, 1000);
        UtteranceQueue.Growing second = takeGrowing();
        assertEquals(2, second.speaker());
        pause(1, 32_000);
        assertFalse(queue.urgent(), "both pause");
    }

    @Test
    void who_goes_on_while_a_decoding_is_abandoned_for_their_pause_leaves_it_abandoned()
            throws Exception {
        speak(1, 8000);
        takeGrowing();
        pause(1, 8000);
        assertTrue(queue.urgent());
        hear(1, 160, 1000);
        assertTrue(queue.urgent(), "it has stopped, and has no result");
    }

    @Test
    @Timeout(10)
    void what_turns_out_complete_while_its_decoding_is_abandoned_is_decoded_again()
            throws Exception {
        speak(1, 6000);
        speak(2, 4000);
        pause(1, 6000);
        UtteranceQueue.Growing attempt = takeGrowing();
        end(2, 4000);
        assertTrue(queue.urgent());
        assertEquals(Optional.empty(), end(1, 6000));
        assertEquals(Optional.empty(), queue.attempted(attempt, null, DECODING, DECODING));
        assertEquals(2, takeFinished().speaker());
        assertEquals(1, takeFinished().speaker());
    }

    @Test
    void what_was_decoded_in_the_pause_that_ends_an_utterance_is_its_answer() throws Exception {
        speak(1, 6000);
        pause(1, 6000);
        UtteranceQueue.Growing attempt = takeGrowing();
        assertTrue(attempt.pause());
        attempted(attempt, "good morning");
        hear(1, 2500, 0);
        WorkerResponse.Final answer = words(end(1, 6000));
        assertEquals("good morning", answer.text());
        assertEquals(9460, answer.samples());
        assertTrue(answer.before().early());
    }

    @Test
    void what_is_being_decoded_when_it_turns_out_complete_is_not_abandoned() throws Exception {
        speak(1, 6000);
        pause(1, 6000);
        UtteranceQueue.Growing attempt = takeGrowing();
        assertEquals(Optional.empty(), end(1, 6000));
        speak(2, 4000);
        end(2, 4000);
        assertFalse(queue.urgent());
        assertEquals("yes", words(attempted(attempt, "yes")).text());
        assertEquals(2, takeFinished().speaker());
    }

    @Test
    void who_goes_on_after_a_pause_is_decoded_again() throws Exception {
        speak(1, 6000);
        pause(1, 6000);
        attempted(takeGrowing(), "good morning");
        hear(1, 2000, 1000);
        assertEquals(Optional.empty(), end(1, 8900));
        assertArrayEquals(new int[] {8960}, new int[] {takeFinished().pcm().length});
    }

    @Test
    void what_repeats_itself_is_no_answer_before_it_was_decoded_again() throws Exception {
        String repeated = "the number the number the number";
        speak(1, 6000);
        pause(1, 6000);
        assertEquals(Optional.empty(), attempted(takeGrowing(), repeated));
        assertEquals(Optional.empty(), end(1, 6000));
        takeFinished();
        speak(2, 6000);
        pause(2, 6000);
        UtteranceQueue.Growing attempt = takeGrowing();
        end(2, 6000);
        assertEquals(Optional.empty(), attempted(attempt, repeated));
        assertEquals(2, takeFinished().speaker());
    }

    @Test
    void without_processor_time_for_it_only_finished_utterances_are_decoded() throws Exception {
        UtteranceQueue poor = queue(0);
        poor.begin(new WorkerRequest.Begin(1, "en"));
        poor.hear(new WorkerRequest.Hear(1, new short[8000]));
        poor.end(new WorkerRequest.End(1, 8000));
        assertInstanceOf(UtteranceQueue.Finished.class, poor.take());
    }

    @Test
    void nobody_hears_of_who_is_forgotten_while_they_are_decoded() throws Exception {
        speak(1, 8000);
        UtteranceQueue.Growing attempt = takeGrowing();
        queue.forget(1);
        assertTrue(queue.urgent());
        assertEquals(Optional.empty(), attempted(attempt, "good"));
    }
}
