package io.sandalphone.providers.offline;

import io.sandalphone.speech.worker.WorkerRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// What was said and is not decoded yet, of all speakers: the queue between the thread that hears and
/// the threads that decode.
///
/// A speaker's utterances are decoded one after another, in order; different speakers' side by side.
/// Bounded in samples: when full, the utterance that waits longest loses its sound, and its decoder
/// learns of it. Thread-safe.
final class Backlog {
    /// The mean cepstrum of a telephone voice, in between those measured on a woman's and a man's,
    /// for speakers not heard yet. The model's own is that of wide-band speech: with it a third more
    /// words of a speaker's first utterance are mistaken.
    private static final String TELEPHONE_MEAN = "58,5,5.7,7.5,-1,-7,4,-10,3.5,-2,-3,-0.5,-2.5";

    /// One utterance on its way from the ear to the decoder.
    static final class Utterance {
        private final Speaker speaker;
        private final Deque<short[]> waiting = new ArrayDeque<>();
        private int samplesWaiting;
        private boolean ended;
        private boolean dropped;

        /// How much of it is speech, behind which its speaker pauses or it ended; negative while neither is known.
        private int speech = -1;

        /// Its decoder is through with it; a dropped one may be so before it ends.
        private boolean answered;

        private Utterance(Speaker speaker) {
            this.speaker = speaker;
        }

        Speaker speaker() {
            return speaker;
        }
    }

    /// What is known of one speaker.
    static final class Speaker {
        private final int id;
        private final Deque<Utterance> utterances = new ArrayDeque<>();
        private boolean decoding;
        private boolean forgotten;

        /// What decoders have learned of voice and line. Only the decoder at work on the speaker
        /// touches it.
        String cepstralMean = TELEPHONE_MEAN;

        private Speaker(int id) {
            this.id = id;
        }

        int id() {
            return id;
        }
    }

    /// How an utterance left the queue.
    enum Outcome {
        COMPLETE,
        DROPPED,
        FORGOTTEN
    }

    private final int mostSamples;
    private final Map<Integer, Speaker> speakers = new HashMap<>();

    /// Speakers with an utterance and no decoder, who waits longest first.
    private final Deque<Speaker> ready = new ArrayDeque<>();

    private int samples;
    private int idle;

    /// Keeps at most `mostSamples` waiting.
    Backlog(int mostSamples) {
        this.mostSamples = mostSamples;
    }

    /// Obeys one order. True when there is something to decode and nobody waits to do it.
    synchronized boolean accept(WorkerRequest order) {
        switch (order) {
            // Its only language is known, and its utterances begin with their first sound.
            case WorkerRequest.Begin _ -> {}
            case WorkerRequest.Hear(int id, short[] pcm) -> hear(id, pcm);
            case WorkerRequest.Pause(int id, int speech) -> pause(id, speech);
            case WorkerRequest.End(int id, int speech) -> end(id, speech);
            case WorkerRequest.Forget(int id) -> forget(id);
        }
        notifyAll();
        return ready.size() > idle;
    }

    private void hear(int id, short[] pcm) {
        var speaker = speakers.computeIfAbsent(id, Speaker::new);
        var utterance = speaker.utterances.peekLast();
        if (utterance == null || utterance.ended) {
            utterance = new Utterance(speaker);
            speaker.utterances.add(utterance);
            if (!speaker.decoding && speaker.utterances.size() == 1) {
                ready.add(speaker);
            }
        }
        if (utterance.dropped) {
            return;
        }
        utterance.waiting.add(pcm);
        utterance.samplesWaiting += pcm.length;
        samples += pcm.length;
        while (samples > mostSamples) {
            drop(longestWaiting());
        }
    }

    /// The utterance to give up when there is too much: one nobody decodes yet, of the speaker who
    /// waits longest; else the one with most waiting.
    private Utterance longestWaiting() {
        for (var speaker : ready) {
            for (var utterance : speaker.utterances) {
                if (utterance.samplesWaiting > 0) {
                    return utterance;
                }
            }
        }
        return speakers.values().stream()
                .flatMap(speaker -> speaker.utterances.stream())
                .max((a, b) -> Integer.compare(a.samplesWaiting, b.samplesWaiting))
                .orElseThrow();
    }

    private void drop(Utterance utterance) {
        utterance.dropped = true;
        clear(utterance);
    }

    private void clear(Utterance utterance) {
        samples -= utterance.samplesWaiting;
        utterance.samplesWaiting = 0;
        utterance.waiting.clear();
    }

    private void pause(int id, int speech) {
        var speaker = speakers.get(id);
        var utterance = speaker == null ? null : speaker.utterances.peekLast();
        if (utterance != null && !utterance.ended) {
            utterance.speech = speech;
        }
    }

    private void end(int id, int speech) {
        var speaker = speakers.get(id);
        if (speaker == null || speaker.utterances.isEmpty()) {
            return;
        }
        var utterance = speaker.utterances.getLast();
        utterance.ended = true;
        utterance.speech = speech;
        if (utterance.answered) {
            speaker.utterances.remove(utterance);
        }
    }

    private void forget(int id) {
        var speaker = speakers.remove(id);
        if (speaker != null) {
            speaker.forgotten = true;
            speaker.utterances.forEach(this::clear);
            ready.remove(speaker);
        }
    }

    /// Waits for an utterance that nobody decodes yet. Whoever takes it calls [#next] until null, and
    /// then [#done].
    synchronized Utterance take() throws InterruptedException {
        idle++;
        try {
            while (ready.isEmpty()) {
                wait();
            }
        } finally {
            idle--;
        }
        var speaker = ready.remove();
        speaker.decoding = true;
        return speaker.utterances.element();
    }

    /// Waits for the next piece of the utterance. Null when no more comes.
    synchronized short @Nullable [] next(Utterance utterance) throws InterruptedException {
        while (utterance.waiting.isEmpty()
                && !utterance.ended
                && !utterance.dropped
                && !utterance.speaker.forgotten) {
            wait();
        }
        var pcm = utterance.waiting.poll();
        if (pcm != null) {
            utterance.samplesWaiting -= pcm.length;
            samples -= pcm.length;
        }
        return pcm;
    }

    /// Whether something of the utterance waits to be decoded right now.
    synchronized boolean behind(Utterance utterance) {
        return !utterance.waiting.isEmpty();
    }

    /// How much of the utterance is speech, by the last pause or its end; negative where neither was told.
    synchronized int speech(Utterance utterance) {
        return utterance.speech;
    }

    /// Whether nothing waits to be decoded, of this utterance or any other: there is time for what may be in vain.
    synchronized boolean idle() {
        return samples == 0;
    }

    /// How the utterance ended that has no [#next] piece.
    synchronized Outcome outcome(Utterance utterance) {
        if (utterance.speaker.forgotten) {
            return Outcome.FORGOTTEN;
        }
        return utterance.dropped ? Outcome.DROPPED : Outcome.COMPLETE;
    }

    /// Lets go of an utterance that was taken, once it is answered.
    synchronized void done(Utterance utterance) {
        var speaker = utterance.speaker;
        speaker.decoding = false;
        if (speaker.forgotten) {
            return;
        }
        utterance.answered = true;
        if (utterance.ended) {
            speaker.utterances.remove(utterance);
        }
        if (!speaker.utterances.isEmpty() && !speaker.utterances.element().answered) {
            ready.add(speaker);
            notifyAll();
        }
    }
}
