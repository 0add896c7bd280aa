package io.sandalphone.providers.whisper;

import io.sandalphone.speech.worker.WorkerRequest;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// Utterances on their way from the thread that hears to the one that decodes: sound is gathered until an
/// utterance ends, and finished ones wait in the order in which they ended.
///
/// Bounded in samples of finished utterances: one that does not fit is refused. Thread-safe.
final class UtteranceQueue {
    /// What is kept of an utterance after its speech: 200 ms at 8 kHz. Whisper cuts last words short without;
    /// more of the pause would only cost time. (Before it, the voice detector's pre-roll is enough.)
    static final int TAIL = 1600;

    /// More sound of one utterance than the voice detector lets pass: 30 s.
    private static final int LONGEST = 30 * 8000;

    /// One finished utterance: mono PCM at 8 kHz. `samples` is how much was heard, the pause included.
    // Sound is megabytes of primitives; nobody compares it by value.
    @SuppressWarnings("ArrayRecordComponent")
    record Utterance(int speaker, short[] pcm, int samples, String language) {}

    private static final class Sound {
        private short[] pcm = new short[8000];
        private int length;

        void add(short[] more) {
            int kept = Math.min(more.length, LONGEST - length);
            if (length + kept > pcm.length) {
                pcm = Arrays.copyOf(pcm, Math.max(2 * pcm.length, length + kept));
            }
            System.arraycopy(more, 0, pcm, length, kept);
            length += kept;
        }
    }

    private final int mostSamples;
    private final Map<Integer, Sound> unfinished = new HashMap<>();
    private final Deque<Utterance> finished = new ArrayDeque<>();
    private int samples;

    /// Keeps at most `mostSamples` of finished utterances.
    UtteranceQueue(int mostSamples) {
        this.mostSamples = mostSamples;
    }

    synchronized void hear(WorkerRequest.Hear sound) {
        unfinished.computeIfAbsent(sound.speaker(), _ -> new Sound()).add(sound.pcm());
    }

    /// False when the utterance is refused, for there is too much before it.
    synchronized boolean end(WorkerRequest.End end) {
        Sound sound = unfinished.remove(end.speaker());
        if (sound == null) {
            return true;
        }
        int kept = Math.min(sound.length, end.speech() + TAIL);
        if (samples + kept > mostSamples) {
            return false;
        }
        samples += kept;
        finished.add(
                new Utterance(
                        end.speaker(),
                        Arrays.copyOf(sound.pcm, kept),
                        sound.length,
                        end.language()));
        notifyAll();
        return true;
    }

    /// Drops what a speaker said.
    synchronized void forget(int speaker) {
        unfinished.remove(speaker);
        finished.removeIf(
                utterance -> {
                    boolean theirs = utterance.speaker() == speaker;
                    samples -= theirs ? utterance.pcm().length : 0;
                    return theirs;
                });
    }

    /// Waits for the next finished utterance.
    synchronized Utterance take() throws InterruptedException {
        while (finished.isEmpty()) {
            wait();
        }
        Utterance next = finished.remove();
        samples -= next.pcm().length;
        return next;
    }
}
