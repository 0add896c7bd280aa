package io.sandalphone.providers.whisper;

import io.sandalphone.speech.text.admission.WhisperHearing;
import io.sandalphone.speech.worker.WorkerRequest;
import io.sandalphone.speech.worker.WorkerResponse;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/// Utterances on their way from the thread that hears to the one that decodes. Finished ones are decoded
/// in the order in which they ended. While none waits, those that go on are, as far as there is processor
/// time for that; such a decoding is to be abandoned as soon as an utterance is finished.
///
/// One that goes on is decoded when its speaker pauses, too, which comes before the others that go on. If
/// it then turns out to have been complete, that decoding is its answer.
///
/// Bounded in time: an utterance whose words would take longer than may be is refused. Thread-safe.
final class UtteranceQueue {
    /// What is kept of an utterance after its speech: 200 ms at 8 kHz. Whisper cuts last words short without;
    /// more of the pause would only cost time. (Before it, the voice detector's pre-roll is enough.)
    static final int TAIL = 1600;

    /// However fast the machine is, finished utterances hold no more sound than this: two minutes.
    private static final int MOST_SAMPLES = 120 * 8000;

    /// Something to decode: mono PCM at 8 kHz of one utterance.
    sealed interface Work {
        int speaker();

        short[] pcm();

        String language();
    }

    /// An utterance that has ended. `samples` is how much was heard, the pause included.
    // Sound is megabytes of primitives; nobody compares it by value.
    @SuppressWarnings("ArrayRecordComponent")
    record Finished(int speaker, short[] pcm, int samples, String language, AgreedWords given)
            implements Work {}

    /// An utterance that goes on, or did when it was taken. `pause` is whether its speaker paused.
    @SuppressWarnings("ArrayRecordComponent")
    record Growing(int speaker, short[] pcm, boolean pause, GrowingUtterance utterance)
            implements Work {
        @Override
        public String language() {
            return utterance.language();
        }
    }

    private final long longestWaitNanos;
    private final Pace pace;
    private final PartialBudget budget;
    private final LongSupplier clock;
    private final Map<Integer, GrowingUtterance> growing = new HashMap<>();
    private final Deque<Finished> finished = new ArrayDeque<>();
    private int samples;

    /// What is being decoded.
    private @Nullable Work current;

    /// Where the speech of the current one ended, which went on when it was taken and turned out complete.
    private @Nullable Finished completed;

    /// Whether the current one is nobody's any more.
    private boolean forgotten;

    /// Whether its decoding was told to stop: it will have no result, whatever happens until it has stopped.
    private boolean abandoned;

    /// Refuses what would take longer than `longestWaitNanos` at the `pace` of this machine.
    UtteranceQueue(long longestWaitNanos, Pace pace, PartialBudget budget, LongSupplier clock) {
        this.longestWaitNanos = longestWaitNanos;
        this.pace = pace;
        this.budget = budget;
        this.clock = clock;
    }

    synchronized void begin(WorkerRequest.Begin begin) {
        growing.put(begin.speaker(), new GrowingUtterance(begin.language()));
    }

    synchronized void hear(WorkerRequest.Hear sound) {
        GrowingUtterance utterance = growing.get(sound.speaker());
        if (utterance != null) {
            utterance.hear(sound.pcm());
            if (utterance.due()) {
                notifyAll();
            }
        }
    }

    synchronized void pause(WorkerRequest.Pause pause) {
        GrowingUtterance utterance = growing.get(pause.speaker());
        if (utterance != null) {
            utterance.pause(pause.speech());
            notifyAll();
        }
    }

    /// What can be answered at once: the words of an utterance that was decoded already, or that it is
    /// refused.
    synchronized Optional<WorkerResponse> end(WorkerRequest.End end) {
        GrowingUtterance utterance = growing.remove(end.speaker());
        if (utterance == null) {
            return Optional.empty();
        }
        int speaker = end.speaker();
        Finished whole =
                new Finished(
                        speaker,
                        utterance.first(end.speech() + TAIL),
                        utterance.length(),
                        utterance.language(),
                        utterance.agreed());
        GrowingUtterance.Early early = utterance.last();
        if (early != null && GrowingUtterance.covers(early.samples(), end.speech())) {
            WhisperHearing.Verdict verdict = early.hearing().verdict(early.samples() / 8000.0);
            if (!verdict.mayBeMended()) {
                budget.refund(early.processorNanos());
                return Optional.of(
                        answer(whole, early.hearing(), verdict, early.decodeNanos(), true));
            }
        }
        if (!abandoned
                && current instanceof Growing attempt
                && attempt.utterance == utterance
                && GrowingUtterance.covers(attempt.pcm.length, end.speech())) {
            completed = whole;
            return Optional.empty();
        }
        Optional<String> refusal = refusal(whole);
        if (refusal.isPresent()) {
            return Optional.of(new WorkerResponse.Dropped(speaker, refusal.get()));
        }
        samples += whole.pcm.length;
        finished.add(whole);
        notifyAll();
        return Optional.empty();
    }

    private Optional<String> refusal(Finished whole) {
        boolean idle = finished.isEmpty() && !(current instanceof Finished) && completed == null;
        if (idle && pace.outdated(clock.getAsLong())) {
            return Optional.empty();
        }
        long context = context(whole);
        for (Finished each : finished) {
            context += context(each);
        }
        if (current != null && (current instanceof Finished || completed != null)) {
            context += context(current);
        }
        long wait = pace.estimate(context);
        if (wait <= longestWaitNanos && samples + whole.pcm.length <= MOST_SAMPLES) {
            return Optional.empty();
        }
        return Optional.of(
                "its words would take %d ms, for more is said than this machine can recognize"
                        .formatted(wait / 1_000_000));
    }

    /// How much the encoder has to look at.
    static int context(Work work) {
        return WhisperWorker.context(work.pcm().length / 8000.0);
    }

    /// Drops what a speaker said.
    synchronized void forget(int speaker) {
        growing.remove(speaker);
        finished.removeIf(
                utterance -> {
                    boolean theirs = utterance.speaker() == speaker;
                    samples -= theirs ? utterance.pcm().length : 0;
                    return theirs;
                });
        forgotten |= current != null && current.speaker() == speaker;
    }

    /// Waits for something to decode, of which [#decoded] or [#attempted] then gets the result.
    synchronized Work take() throws InterruptedException {
        Work next = next();
        while (next == null) {
            wait();
            next = next();
        }
        current = next;
        return next;
    }

    private @Nullable Work next() {
        Finished first = finished.poll();
        if (first != null) {
            samples -= first.pcm().length;
            return first;
        }
        if (!budget.allows(clock.getAsLong())) {
            return null;
        }
        return growing.entrySet().stream()
                .filter(each -> each.getValue().due())
                .max(
                        (a, b) ->
                                a.getValue().pauses() == b.getValue().pauses()
                                        ? Integer.compare(
                                                a.getValue().undecoded(), b.getValue().undecoded())
                                        : Boolean.compare(
                                                a.getValue().pauses(), b.getValue().pauses()))
                .map(
                        each ->
                                new Growing(
                                        each.getKey(),
                                        each.getValue().decode(),
                                        each.getValue().pauses(),
                                        each.getValue()))
                .orElse(null);
    }

    private void rest() {
        current = null;
        completed = null;
        forgotten = false;
        abandoned = false;
    }

    /// Whether what is being decoded is to be abandoned: for a finished utterance, or, unless its own speaker
    /// pauses, for one whose speaker does. Once it is, it stays so.
    synchronized boolean urgent() {
        abandoned |=
                current instanceof Growing attempt
                        && completed == null
                        && (forgotten
                                || !finished.isEmpty()
                                || (!attempt.pause && somebodyPauses()));
        return abandoned;
    }

    private boolean somebodyPauses() {
        return growing.values().stream().anyMatch(each -> each.pauses() && each.due());
    }

    /// The utterance was decoded with this result. What is to be told.
    synchronized WorkerResponse decoded(
            Finished whole,
            WhisperHearing hearing,
            WhisperHearing.Verdict verdict,
            long decodeNanos) {
        rest();
        return answer(whole, hearing, verdict, decodeNanos, false);
    }

    /// How long a decoding took, from its beginning to its end.
    synchronized void took(int context, long decodeNanos) {
        pace.took(context, decodeNanos, clock.getAsLong());
    }

    /// The utterance that goes on was decoded, with this result; with null it was abandoned. What is to be
    /// told.
    synchronized Optional<WorkerResponse> attempted(
            Growing attempt,
            @Nullable WhisperHearing hearing,
            long decodeNanos,
            long processorNanos) {
        Finished whole = completed;
        boolean nobodys = forgotten;
        rest();
        budget.spend(processorNanos);
        if (hearing == null || nobodys) {
            return Optional.empty();
        }
        WhisperHearing.Verdict verdict = hearing.verdict(attempt.pcm.length / 8000.0);
        if (whole != null) {
            budget.refund(processorNanos);
            if (verdict.mayBeMended()) {
                finished.addFirst(whole);
                samples += whole.pcm.length;
                return Optional.empty();
            }
            return Optional.of(answer(whole, hearing, verdict, decodeNanos, true));
        }
        GrowingUtterance utterance = attempt.utterance;
        if (growing.get(attempt.speaker) != utterance) {
            return Optional.empty();
        }
        utterance.decoded(
                new GrowingUtterance.Early(
                        hearing, attempt.pcm.length, decodeNanos, processorNanos));
        if (verdict != WhisperHearing.Verdict.CREDIBLE) {
            return Optional.empty();
        }
        AgreedWords.Words words = utterance.agreed().decoded(hearing.text(), attempt.pause);
        return Optional.of(
                new WorkerResponse.Partial(
                        attempt.speaker, words.stable(), words.tentative(), attempt.pcm.length));
    }

    private static WorkerResponse.Final answer(
            Finished whole,
            WhisperHearing hearing,
            WhisperHearing.Verdict verdict,
            long decodeNanos,
            boolean early) {
        String text = verdict == WhisperHearing.Verdict.CREDIBLE ? hearing.text() : "";
        return new WorkerResponse.Final(
                whole.speaker,
                text,
                Math.max(1, whole.samples),
                decodeNanos,
                verdict.label(),
                OptionalDouble.of(hearing.confidence()),
                new WorkerResponse.Before(
                        whole.given.stable(), whole.given.contradictedBy(text), early));
    }
}
