package io.sandalphone.speech.resilience;

import io.micrometer.core.instrument.Counter;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.metrics.ResilienceMeters;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.resilience.Succession.Effect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Carries out what a [Succession] decides for one speaker.
///
/// The succession is guarded by a lock under which nobody else's code runs. Recognizers are spoken to on
/// the call's loop alone, so one that fails is succeeded when the next frame is heard. The listener is
/// called by one thread at a time, in the order of the decisions: by the thread of the recognizer that
/// spoke, and by a virtual one for what was found out on the loop.
final class FallbackTranscription implements Transcription, Succession.Admission {
    private record Seat(Guard<Transcriber>.Entry entry, ResilienceMeters.Provider meters) {}

    private final List<Guard<Transcriber>> guards;
    private final Waiting waiting;
    private final TranscriptionRequest request;
    private final TranscriptListener listener;
    private final Succession succession;

    /// The ears that are open. The loop's own.
    private final Map<Integer, Transcription> open = new HashMap<>();

    /// Of every ear there was, how it is let in and counted. Under the lock.
    private final Map<Integer, Seat> seats = new HashMap<>();

    private final Queue<Effect.Report> reports = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reporting = new AtomicInteger();
    private volatile boolean closed;

    FallbackTranscription(
            List<Guard<Transcriber>> guards,
            ResilienceSettings.Transcribing settings,
            Waiting waiting,
            TranscriptionRequest request,
            TranscriptListener listener) {
        this.guards = guards;
        this.waiting = waiting;
        this.request = request;
        this.listener = listener;
        succession = new Succession(guards.size(), this, settings);
    }

    void begin() {
        act(() -> succession.begin(waiting.nanoTime()));
    }

    @Override
    public void hear(AudioFrame frame) {
        act(() -> succession.heard(frame, waiting.nanoTime()));
    }

    @Override
    public void utteranceStarted(long position) {
        act(() -> succession.started(position));
    }

    @Override
    public void utteranceEnded(long position) {
        act(() -> succession.ended(position));
    }

    @Override
    public void close() {
        closed = true;
        act(succession::closed);
    }

    @Override
    public boolean enter(int ear, int provider) {
        Guard<Transcriber> guard = guards.get(provider);
        return guard.enter()
                .map(
                        entry -> {
                            seats.put(ear, new Seat(entry, guard.meters()));
                            return true;
                        })
                .orElse(false);
    }

    @Override
    public boolean shut(int provider) {
        return guards.get(provider).open();
    }

    /// Decides, and does what is decided, on the call's loop.
    private void act(Supplier<List<Effect>> decision) {
        for (Effect effect : decide(decision)) {
            if (effect instanceof Effect.Act act) {
                act(act);
            }
        }
        if (!reports.isEmpty()) {
            waiting.start(this::report);
        }
    }

    /// Decides on a recognizer's thread, and tells what is to be told.
    private void hears(Supplier<List<Effect>> decision) {
        decide(decision);
        report();
    }

    private List<Effect> decide(Supplier<List<Effect>> decision) {
        synchronized (succession) {
            List<Effect> effects = decision.get();
            effects.forEach(this::note);
            return effects;
        }
    }

    private void act(Effect.Act act) {
        switch (act) {
            case Effect.Open(int ear, int provider) ->
                    unlessBroken(
                            ear,
                            () ->
                                    open.put(
                                            ear,
                                            guards.get(provider)
                                                    .port()
                                                    .open(request, new Words(ear))));
            case Effect.Tell(int ear, SpeechMemory.Step step) -> {
                Transcription transcription = open.get(ear);
                if (transcription != null) {
                    unlessBroken(ear, () -> tell(transcription, step));
                }
            }
            case Effect.Close(int ear) -> {
                Transcription transcription = open.remove(ear);
                if (transcription != null) {
                    transcription.close();
                }
            }
            case Effect.Forget(int ear) -> open.remove(ear);
        }
    }

    // Whatever a provider throws costs its ear and nothing else.
    @SuppressWarnings("CatchingUnchecked")
    private void unlessBroken(int ear, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            var failure = new SpeechException(Kind.PROVIDER_FAULT, "recognizer broke", e);
            decide(() -> succession.failed(ear, failure, waiting.nanoTime()));
        }
    }

    private static void tell(Transcription transcription, SpeechMemory.Step step) {
        switch (step) {
            case SpeechMemory.Step.Sound(AudioFrame frame) -> transcription.hear(frame);
            case SpeechMemory.Step.Started(long position) ->
                    transcription.utteranceStarted(position);
            case SpeechMemory.Step.Ended(long position) -> transcription.utteranceEnded(position);
        }
    }

    /// What follows from a decision at once, in the order of the decisions.
    private void note(Effect effect) {
        switch (effect) {
            case Effect.Proven(int ear) -> seat(ear).entry.succeeded();
            case Effect.Failed(int ear, Kind kind) -> {
                seat(ear).entry.failed(kind);
                seat(ear).entry.leave();
            }
            case Effect.Left(int ear) -> {
                seat(ear).entry.unjudged();
                seat(ear).entry.leave();
            }
            case Effect.Count(int ear, Succession.Counted what, long number) ->
                    counter(seat(ear).meters, what).increment((double) number);
            case Effect.Report report -> reports.add(report);
            case Effect.Act _ -> {}
        }
    }

    private Seat seat(int ear) {
        return Objects.requireNonNull(seats.get(ear), "no such ear");
    }

    private static Counter counter(ResilienceMeters.Provider meters, Succession.Counted what) {
        return switch (what) {
            case TOOK_OVER -> meters.tookOver();
            case RETURNED -> meters.returned();
            case RETURN_FAILED -> meters.returnsFailed();
            case IGNORED -> meters.ignored();
            case UNHEARD -> meters.unheard();
        };
    }

    /// Tells what is to be told, unless another thread is about it: then that one does.
    private void report() {
        if (reporting.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            for (Effect.Report report = reports.poll(); report != null; report = reports.poll()) {
                if (!closed) {
                    report(report);
                }
            }
            seen = reporting.addAndGet(-seen);
        } while (seen > 0);
    }

    private void report(Effect.Report report) {
        switch (report) {
            case Effect.Ready() -> listener.onReady();
            case Effect.Transcript(TranscriptEvent event) -> listener.onTranscript(event);
            case Effect.Lost(SpeechException failure) -> listener.onFailure(failure);
        }
    }

    /// What one ear says.
    private final class Words implements TranscriptListener {
        private final int ear;

        Words(int ear) {
            this.ear = ear;
        }

        @Override
        public void onReady() {
            hears(() -> succession.ready(ear, waiting.nanoTime()));
        }

        @Override
        public void onTranscript(TranscriptEvent event) {
            hears(() -> succession.transcript(ear, event, waiting.nanoTime()));
        }

        @Override
        public void onFailure(SpeechException failure) {
            hears(() -> succession.failed(ear, failure, waiting.nanoTime()));
        }
    }
}
