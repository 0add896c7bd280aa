package io.sandalphone.speech.worker;

import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Speech made in a worker process that all calls share. Thread-safe.
///
/// A worker that dies or hangs is replaced. The phrases it had fail; those that come while the next one
/// starts wait for it, as long as it can be expected soon.
public final class WorkerVoice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerVoice.class);

    /// How long a phrase waits for a worker that follows one that died. For the first one it waits longer:
    /// as long as a worker may say nothing.
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    /// Of a text, given to the worker at a time: about two minutes of speech.
    private static final int MOST_CHARACTERS = 2000;

    /// Phrases the worker has and has not answered; beyond that it is overloaded.
    private static final int MOST_PHRASES = 256;

    private final WorkerProgram program;
    private final VoiceCounts counts;
    private final HangWatch hangs;
    private final CountDownLatch closed = new CountDownLatch(1);

    // The following are guarded by this.
    private final Map<Integer, Phrase> phrases = new HashMap<>();
    private int nextPhrase;
    private @Nullable WorkerProcess worker;
    private @Nullable String unavailableReason;

    /// Whether a worker is being started that can be expected to be ready soon.
    private boolean startsSoon = true;

    private boolean wasReady;

    /// A phrase that the worker has not answered, whether or not somebody still listens.
    private static final class Phrase {
        private final WorkerProcess speaker;
        private final long askedNanos;

        /// Bounded by the length of the text.
        private final BlockingQueue<VoiceResponse> answers = new LinkedBlockingQueue<>();

        private volatile boolean abandoned;

        Phrase(WorkerProcess speaker, long askedNanos) {
            this.speaker = speaker;
            this.askedNanos = askedNanos;
        }

        void accept(VoiceResponse answer) {
            if (!abandoned) {
                answers.add(answer);
            }
        }
    }

    /// Starts the worker.
    public WorkerVoice(WorkerProgram program, VoiceCounts counts) {
        this.program = program;
        this.counts = counts;
        unavailableReason = "the " + program.name() + " worker is starting";
        hangs = new HangWatch(program.timeout());
        worker = startWorker();
        Thread.ofPlatform().daemon().name(program.name() + "-worker").start(this::superviseWorkers);
    }

    /// Why it cannot work just now.
    public synchronized Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    /// Why it cannot work, once that is known: waits for a worker that starts, as a phrase does.
    public synchronized Optional<String> awaitReady() throws InterruptedException {
        try {
            ready();
            return Optional.empty();
        } catch (SpeechException failure) {
            return Optional.ofNullable(failure.getMessage());
        }
    }

    /// Speaks `text` as `language`, a base language such as `es`, is spoken, into `out`. Blocks until all
    /// of it was handed over. The text goes to the worker in parts of some two minutes of sound, so that
    /// there is never more than that of a phrase for which nobody waits.
    public void speak(String language, String text, PcmSink out)
            throws SpeechException, InterruptedException {
        for (String part : TextParts.of(text, MOST_CHARACTERS)) {
            speakPart(language, part, out);
        }
    }

    private void speakPart(String language, String text, PcmSink out)
            throws SpeechException, InterruptedException {
        int id;
        Phrase phrase;
        synchronized (this) {
            phrase = new Phrase(ready(), System.nanoTime());
            if (phrases.size() >= MOST_PHRASES) {
                throw new SpeechException(
                        Kind.OVERLOADED, "more is to be said than this machine can speak");
            }
            id = nextPhrase++;
            phrases.put(id, phrase);
        }
        phrase.speaker.tell(new VoiceRequest.Speak(id, language, text));
        boolean over = false;
        try {
            while (!over) {
                var answer = phrase.answers.poll(program.timeout().toNanos(), TimeUnit.NANOSECONDS);
                switch (answer) {
                    case VoiceResponse.Sound(_, short[] pcm) -> out.accept(pcm);
                    case VoiceResponse.Failed(_, String reason) -> {
                        over = true;
                        throw new SpeechException(Kind.PROVIDER_FAULT, reason);
                    }
                    case null ->
                            throw new SpeechException(
                                    Kind.TIMEOUT, program.name() + " did not speak in time");
                    case VoiceResponse.Done _, VoiceResponse.Ready _, VoiceResponse.Broken _ ->
                            over = true;
                }
            }
        } finally {
            if (!over) {
                phrase.abandoned = true;
                phrase.answers.clear();
                phrase.speaker.tell(new VoiceRequest.Cancel(id));
            }
        }
    }

    /// The worker, once it is ready.
    private WorkerProcess ready() throws SpeechException, InterruptedException {
        Duration patience = wasReady ? PATIENCE : program.timeout();
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var there = worker;
            if (there != null && there.isAlive() && hangs.isReady()) {
                return there;
            }
            long left = deadline - System.nanoTime();
            if (!startsSoon || left <= 0) {
                throw new SpeechException(
                        Kind.UNREACHABLE,
                        unavailableReason == null
                                ? "the " + program.name() + " worker is not ready"
                                : unavailableReason);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        synchronized (this) {
            startsSoon = false;
            unavailableReason = program.name() + " was closed";
            if (worker != null) {
                worker.kill();
            }
            notifyAll();
        }
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

    private synchronized boolean hangs() {
        long now = System.nanoTime();
        return phrases.values().stream().anyMatch(phrase -> hangs.hangs(phrase.askedNanos, now));
    }

    private void superviseWorkers() {
        var pauses = new RestartPause();
        while (true) {
            long start = System.nanoTime();
            @Nullable WorkerProcess process;
            synchronized (this) {
                process = worker;
            }
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
            restart();
        }
    }

    private synchronized void restart() {
        worker = startWorker();
        if (!open() && worker != null) {
            worker.kill();
        }
    }

    private synchronized void report(@Nullable String trouble, Duration pause) {
        startsSoon = trouble == null && pause.equals(RestartPause.SHORTEST);
        notifyAll();
        if (trouble == null) {
            unavailableReason = "the " + program.name() + " worker died and is started again";
            LOG.atWarn()
                    .addKeyValue("voice", program.name())
                    .addKeyValue("restart_in_ms", pause.toMillis())
                    .log("voice worker died");
        } else {
            unavailableReason = trouble;
            LOG.atError()
                    .addKeyValue("voice", program.name())
                    .addKeyValue("reason", trouble)
                    .log("voice worker does not start");
        }
    }

    /// Passes a worker's answers on until it ends. Null when it had become ready, else why it did not.
    private @Nullable String passAnswers(WorkerProcess process) {
        @Nullable String trouble = "the " + program.name() + " worker ended before it was ready";
        try (process) {
            while (true) {
                var answer = VoiceResponse.read(process.answers());
                hangs.heardOf(System.nanoTime());
                switch (answer) {
                    case VoiceResponse.Ready(String engine) -> {
                        trouble = null;
                        becameReady(engine);
                    }
                    case VoiceResponse.Broken(String reason) -> trouble = reason;
                    case VoiceResponse.Sound sound -> pass(sound.phrase(), sound, false);
                    case VoiceResponse.Done done -> pass(done.phrase(), done, true);
                    case VoiceResponse.Failed failed -> pass(failed.phrase(), failed, true);
                }
            }
        } catch (IOException _) {
            return trouble;
        } finally {
            lose(process);
        }
    }

    private synchronized void becameReady(String engine) {
        hangs.ready();
        wasReady = true;
        if (open()) {
            unavailableReason = null;
        }
        LOG.atInfo()
                .addKeyValue("voice", program.name())
                .addKeyValue("engine", engine)
                .log("voice worker ready");
        notifyAll();
    }

    private synchronized void pass(int id, VoiceResponse answer, boolean last) {
        var phrase = last ? phrases.remove(id) : phrases.get(id);
        if (phrase != null) {
            phrase.accept(answer);
        }
    }

    /// The worker is gone, and so is what it had to say.
    private synchronized void lose(WorkerProcess gone) {
        worker = null;
        hangs.gone();
        phrases.entrySet()
                .removeIf(
                        entry -> {
                            var phrase = entry.getValue();
                            if (phrase.speaker != gone) {
                                return false;
                            }
                            if (!phrase.abandoned) {
                                counts.phrasesLost().increment();
                            }
                            phrase.accept(
                                    new VoiceResponse.Failed(
                                            entry.getKey(), program.name() + " ended at work"));
                            return true;
                        });
    }
}
