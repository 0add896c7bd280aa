package io.sandalphone.speech.worker;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.Usage;
import io.sandalphone.speech.UtteranceRecognizer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Recognition in a worker process that all calls share. Thread-safe.
///
/// A worker that dies or hangs is replaced. The utterances it had are answered with
/// [TranscriptEvent.Nothing] and counted; speakers go on with the next worker. Only when no worker
/// can be started are transcriptions lost.
public final class WorkerRecognizer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerRecognizer.class);

    /// How much sound of an utterance is reported as listened to at a time: a second.
    private static final int TOLD_EVERY_SAMPLES = AudioFrame.TELEPHONE_RATE;

    private final WorkerProgram program;
    private final WorkerCounts counts;
    private final Overload overload;
    private final Map<Integer, Speaker> speakers = new ConcurrentHashMap<>();
    private final AtomicInteger nextSpeaker = new AtomicInteger();
    private final ExecutorService answers;
    private final HangWatch hangs;
    private final CountDownLatch closed = new CountDownLatch(1);

    /// Counted down when a worker became ready, or could not.
    private final CountDownLatch judged = new CountDownLatch(1);

    private volatile @Nullable Duration trial;
    private volatile @Nullable WorkerProcess worker;
    private volatile @Nullable String unavailableReason = "the recognition worker is starting";
    private volatile @Nullable SpeechException unstartable;

    /// What becomes of an utterance for which the worker has no room.
    public enum Overload {
        /// It is answered with nothing.
        LOSE_UTTERANCE,
        /// Its speaker's session fails as overloaded, so that another engine hears the utterance again.
        FAIL_SESSION
    }

    /// Starts the worker. Until it has loaded its model, [#unavailableReason] says so, no session
    /// is ready, and what is said waits.
    public WorkerRecognizer(WorkerProgram program, Overload overload, WorkerCounts counts) {
        this.program = program;
        this.overload = overload;
        this.counts = counts;
        answers =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name(program.name() + "-answers").factory());
        hangs = new HangWatch(program.timeout());
        worker = startWorker();
        Thread.ofPlatform().daemon().name(program.name() + "-worker").start(this::superviseWorkers);
    }

    /// Why it cannot work just now.
    public Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    /// How long the worker's trial took, once a worker is ready. Waits for that, but not longer than
    /// `patience`; empty when none became ready.
    public Optional<Duration> awaitTrial(Duration patience) throws InterruptedException {
        boolean known = judged.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        return known && unstartable == null ? Optional.ofNullable(trial) : Optional.empty();
    }

    /// Listens to one speaker. What is heard is reported as used under `tariff`.
    public UtteranceRecognizer open(
            String tariff, TranscriptionRequest request, TranscriptListener listener) {
        var speaker = new Speaker(tariff, request, listener);
        speakers.put(speaker.id, speaker);
        var failure = unstartable;
        if (failure != null) {
            speaker.fail(failure);
        } else if (hangs.isReady()) {
            speaker.ready();
        }
        return speaker;
    }

    /// Listens to nobody: tells `listener` why, as every failure is told.
    public UtteranceRecognizer refuse(TranscriptListener listener, SpeechException refusal) {
        answers.execute(() -> listener.onFailure(refusal));
        return new UtteranceRecognizer() {
            @Override
            public void hear(AudioFrame frame) {}

            @Override
            public void utteranceEnded(long position) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        closed.countDown();
        var running = worker;
        if (running != null) {
            running.kill();
        }
        speakers.values().forEach(Speaker::close);
        answers.shutdown();
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    private @Nullable WorkerProcess startWorker() {
        try {
            return WorkerProcess.start(program, this::hangs);
        } catch (IOException _) {
            return null;
        }
    }

    private void superviseWorkers() {
        var pauses = new RestartPause();
        while (true) {
            long start = System.nanoTime();
            var process = worker;
            @Nullable String trouble =
                    process == null ? "no Java process can be started" : passAnswers(process);
            Duration pause = pauses.after(System.nanoTime() - start);
            try {
                if (!open()) {
                    return;
                }
                report(trouble, pause);
                if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException _) {
                return;
            }
            counts.restarts().increment();
            worker = startWorker();
        }
    }

    private void report(@Nullable String trouble, Duration pause) {
        if (trouble == null) {
            unavailableReason = "the recognition worker died and is started again";
            LOG.atWarn()
                    .addKeyValue("restart_in_ms", pause.toMillis())
                    .log("recognition worker died");
            return;
        }
        unavailableReason = trouble;
        LOG.atError().addKeyValue("reason", trouble).log("recognition worker does not start");
        var failure = new SpeechException(SpeechException.Kind.UNREACHABLE, trouble);
        unstartable = failure;
        judged.countDown();
        List.copyOf(speakers.values()).forEach(speaker -> speaker.fail(failure));
    }

    /// Passes a worker's answers on until it ends. Null when it had become ready, else why it did not.
    private @Nullable String passAnswers(WorkerProcess process) {
        @Nullable String trouble = "the recognition worker ended before it was ready";
        try (process) {
            try {
                while (true) {
                    WorkerResponse response = WorkerResponse.read(process.answers());
                    hangs.heardOf(System.nanoTime());
                    switch (response) {
                        case WorkerResponse.Working() -> {}
                        case WorkerResponse.Ready(String engine, long trialNanos) -> {
                            trouble = null;
                            unavailableReason = null;
                            unstartable = null;
                            hangs.ready();
                            trial = Duration.ofNanos(trialNanos);
                            judged.countDown();
                            speakers.values().forEach(Speaker::ready);
                            LOG.atInfo()
                                    .addKeyValue("engine", engine)
                                    .log("recognition worker ready");
                        }
                        case WorkerResponse.Broken(String reason) -> trouble = reason;
                        case WorkerResponse.Attempted attempt -> counts.attempts().accept(attempt);
                        case WorkerResponse.Partial words -> {
                            var speaker = speakers.get(words.speaker());
                            if (speaker != null) {
                                speaker.partial(words);
                            }
                        }
                        case WorkerResponse.Final words -> {
                            counts.realTimeFactor()
                                    .record(words.decodeNanos() / 125_000.0 / words.samples());
                            counts.finals().accept(words);
                            var speaker = speakers.get(words.speaker());
                            if (speaker != null) {
                                speaker.answered(words);
                            }
                        }
                        case WorkerResponse.Dropped refused -> {
                            counts.refusals().accept(refused);
                            var speaker = speakers.get(refused.speaker());
                            if (speaker != null) {
                                speaker.dropped(refused.reason());
                            }
                        }
                    }
                }
            } finally {
                worker = null;
                hangs.gone();
                speakers.values().forEach(speaker -> speaker.workerDied(process));
            }
        } catch (IOException _) {
            return trouble;
        }
    }

    private boolean hangs() {
        long now = System.nanoTime();
        return speakers.values().stream()
                .flatMap(speaker -> speaker.waitsSince().stream())
                .anyMatch(since -> hangs.hangs(since, now));
    }

    /// One utterance that is not answered yet.
    private static final class Utterance {
        private final long start;

        /// Who decodes it; null when no worker was there to hear all of it.
        private @Nullable WorkerProcess decoder;

        private long end;
        private boolean ended;
        private long endedNanos;

        Utterance(long start, @Nullable WorkerProcess decoder) {
            this.start = start;
            this.end = start;
            this.decoder = decoder;
        }
    }

    /// One speaker: remembers where the utterances are that the worker has not answered. The call's
    /// loop, the thread that reads answers and the one that supervises meet here.
    private final class Speaker implements UtteranceRecognizer {
        private final int id = nextSpeaker.incrementAndGet();
        private final String tariff;
        private final String language;
        private final TranscriptListener listener;
        private final Usage usage;
        private final Deque<Utterance> unanswered = new ArrayDeque<>();
        private int samplesUntold;
        private boolean toldReady;
        private volatile boolean done;

        Speaker(String tariff, TranscriptionRequest request, TranscriptListener listener) {
            this.tariff = tariff;
            this.listener = listener;
            language = request.language().base();
            usage = request.usage();
        }

        @Override
        public synchronized void hear(AudioFrame frame) {
            if (done) {
                return;
            }
            var utterance = unanswered.peekLast();
            if (utterance == null || utterance.ended) {
                utterance = new Utterance(frame.position(), worker);
                unanswered.add(utterance);
                if (utterance.decoder != null) {
                    utterance.decoder.tell(new WorkerRequest.Begin(id, language));
                }
            }
            utterance.end = frame.end();
            samplesUntold += frame.pcm().length;
            if (samplesUntold >= TOLD_EVERY_SAMPLES) {
                tellUsage();
            }
            var decoder = utterance.decoder;
            if (decoder != null && !decoder.offer(new WorkerRequest.Hear(id, frame.pcm()))) {
                counts.audioDropped().increment();
            }
        }

        @Override
        public synchronized void utterancePaused(long position) {
            var utterance = unanswered.peekLast();
            if (done || utterance == null || utterance.ended) {
                return;
            }
            var decoder = utterance.decoder;
            if (decoder != null) {
                decoder.tell(new WorkerRequest.Pause(id, speech(utterance, position)));
            }
        }

        private static int speech(Utterance utterance, long end) {
            return (int) Math.max(0, end - utterance.start);
        }

        @Override
        public synchronized void utteranceEnded(long position) {
            var utterance = unanswered.peekLast();
            if (done || utterance == null || utterance.ended) {
                return;
            }
            utterance.ended = true;
            utterance.end = position;
            utterance.endedNanos = System.nanoTime();
            tellUsage();
            var decoder = utterance.decoder;
            if (decoder != null) {
                decoder.tell(new WorkerRequest.End(id, speech(utterance, position)));
            }
            answerLost();
        }

        @Override
        public synchronized void close() {
            if (done) {
                return;
            }
            leave();
            var decoder = worker;
            if (decoder != null) {
                decoder.tell(new WorkerRequest.Forget(id));
            }
        }

        private void tellUsage() {
            if (samplesUntold > 0) {
                usage.listened(
                        tariff,
                        Duration.ofMillis(samplesUntold * 1000L / AudioFrame.TELEPHONE_RATE));
                samplesUntold = 0;
            }
        }

        private void leave() {
            tellUsage();
            done = true;
            unanswered.clear();
            speakers.remove(id);
        }

        synchronized void ready() {
            if (!toldReady && !done) {
                toldReady = true;
                answers.execute(
                        () -> {
                            if (!done) {
                                listener.onReady();
                            }
                        });
            }
        }

        synchronized void partial(WorkerResponse.Partial words) {
            var utterance = unanswered.peek();
            if (utterance != null && utterance.decoder != null) {
                tell(
                        new TranscriptEvent.Partial(
                                List.of(),
                                words.stable(),
                                words.tentative(),
                                utterance.start,
                                utterance.start + words.samples()));
            }
        }

        synchronized void answered(WorkerResponse.Final words) {
            var utterance = unanswered.poll();
            if (utterance == null) {
                return;
            }
            counts.recognition()
                    .record(System.nanoTime() - utterance.endedNanos, TimeUnit.NANOSECONDS);
            tell(
                    words.text().isEmpty()
                            ? new TranscriptEvent.Nothing(utterance.start, utterance.end)
                            : new TranscriptEvent.Final(
                                    words.text(),
                                    utterance.start,
                                    utterance.end,
                                    Optional.empty(),
                                    words.confidence()));
            answerLost();
        }

        void dropped(String reason) {
            switch (overload) {
                case LOSE_UTTERANCE -> lose();
                case FAIL_SESSION -> {
                    var decoder = worker;
                    if (decoder != null) {
                        decoder.tell(new WorkerRequest.Forget(id));
                    }
                    fail(new SpeechException(SpeechException.Kind.OVERLOADED, reason));
                }
            }
        }

        private synchronized void lose() {
            var utterance = unanswered.peek();
            if (utterance != null) {
                utterance.decoder = null;
            }
            answerLost();
        }

        synchronized void workerDied(WorkerProcess dead) {
            for (var utterance : unanswered) {
                if (utterance.decoder == dead) {
                    utterance.decoder = null;
                }
            }
            answerLost();
        }

        /// Since when words are waited for.
        synchronized Optional<Long> waitsSince() {
            var utterance = unanswered.peek();
            return utterance != null && utterance.ended
                    ? Optional.of(utterance.endedNanos)
                    : Optional.empty();
        }

        /// Utterances nobody decodes are answered in their turn, once they have ended.
        private void answerLost() {
            var utterance = unanswered.peek();
            while (utterance != null && utterance.ended && utterance.decoder == null) {
                unanswered.remove();
                counts.utterancesLost().increment();
                // Of a worker that was never ready, a failure follows.
                if (toldReady) {
                    tell(new TranscriptEvent.Nothing(utterance.start, utterance.end));
                }
                utterance = unanswered.peek();
            }
        }

        void fail(SpeechException failure) {
            synchronized (this) {
                if (done) {
                    return;
                }
                leave();
            }
            answers.execute(() -> listener.onFailure(failure));
        }

        private void tell(TranscriptEvent event) {
            answers.execute(
                    () -> {
                        if (!done) {
                            listener.onTranscript(event);
                        }
                    });
        }
    }
}
