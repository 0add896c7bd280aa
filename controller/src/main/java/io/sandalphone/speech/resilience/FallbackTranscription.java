package io.sandalphone.speech.resilience;

import io.micrometer.core.instrument.Counter;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.resilience.FailoverPolicy.Effect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Carries out what a [FailoverPolicy] decides for one speaker.
///
/// The policy is guarded by a lock under which nobody else's code runs. Engines are spoken to on
/// the call's loop alone, so one that fails is succeeded when the next frame is heard. The listener is
/// called by one thread at a time, in the order of the decisions: by the thread of the engine that spoke, and by a virtual one for what was found out on the loop.
final class FallbackTranscription implements Transcription, FailoverPolicy.Admission {
    /// Hears, beside what the engines say, what becomes of the transcription as a whole.
    interface Outlet {
        void ready();

        void transcript(TranscriptEvent event);

        /// The rest of what was being said will never come.
        void broken();

        void lost(SpeechException failure);
    }

    private final List<ListeningProvider<?>> providers;
    private final Threads waiting;
    private final Outlet outlet;
    private final FailoverPolicy policy;

    /// The sessions that are open. The loop's own.
    private final Map<Integer, Transcription> open = new HashMap<>();

    /// How the sessions are let in that are not done with. Under the lock.
    private final Map<Integer, ProviderGate<?>.Entry> entries = new HashMap<>();

    private final Queue<Effect.Report> reports = new ConcurrentLinkedQueue<>();
    private final AtomicInteger reporting = new AtomicInteger();
    private volatile boolean closed;

    private FallbackTranscription(
            List<ListeningProvider<?>> providers,
            ResilienceSettings.Failover settings,
            Threads waiting,
            Outlet outlet) {
        this.providers = List.copyOf(providers);
        this.waiting = waiting;
        this.outlet = outlet;
        policy =
                new FailoverPolicy(
                        providers.stream().map(ListeningProvider::deadlines).toList(),
                        this,
                        settings);
    }

    /// Begins to listen through the first of `providers` that may be asked.
    static Transcription begin(
            List<ListeningProvider<?>> providers,
            ResilienceSettings.Failover settings,
            Threads waiting,
            Outlet outlet) {
        var transcription = new FallbackTranscription(providers, settings, waiting, outlet);
        transcription.act(() -> transcription.policy.begin(waiting.nanoTime()));
        return transcription;
    }

    @Override
    public void hear(AudioFrame frame) {
        act(() -> policy.heard(frame, waiting.nanoTime()));
    }

    @Override
    public void utteranceStarted(long position) {
        act(() -> policy.started(position, waiting.nanoTime()));
    }

    @Override
    public void utterancePaused(long position) {
        act(() -> policy.paused(position));
    }

    @Override
    public void utteranceEnded(long position) {
        act(() -> policy.ended(position, waiting.nanoTime()));
    }

    @Override
    public void close() {
        closed = true;
        act(policy::closed);
    }

    @Override
    public boolean enter(int session, int provider) {
        Optional<? extends ProviderGate<?>.Entry> entry = providers.get(provider).guard().enter();
        entry.ifPresent(let -> entries.put(session, let));
        return entry.isPresent();
    }

    @Override
    public boolean shut(int provider) {
        return providers.get(provider).guard().open();
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

    /// Decides on an engine's thread, and reports what is to be reported.
    private void hears(Supplier<List<Effect>> decision) {
        decide(decision);
        report();
    }

    private List<Effect> decide(Supplier<List<Effect>> decision) {
        synchronized (policy) {
            List<Effect> effects = decision.get();
            effects.forEach(this::note);
            return effects;
        }
    }

    private void act(Effect.Act act) {
        switch (act) {
            case Effect.Open(int session, int provider) ->
                    unlessBroken(
                            session,
                            () ->
                                    open.put(
                                            session,
                                            providers
                                                    .get(provider)
                                                    .open(new Voice(session, provider))));
            case Effect.Tell(int session, ReplayBuffer.Step step) -> {
                Transcription transcription = open.get(session);
                if (transcription != null) {
                    unlessBroken(session, () -> tell(transcription, step));
                }
            }
            case Effect.Close(int session) -> {
                Transcription transcription = open.remove(session);
                if (transcription != null) {
                    transcription.close();
                }
            }
            case Effect.Forget(int session) -> open.remove(session);
        }
    }

    // Whatever a provider throws costs its session and nothing else.
    @SuppressWarnings("CatchingUnchecked")
    private void unlessBroken(int session, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            var failure = new SpeechException(Kind.PROVIDER_FAULT, "engine broke", e);
            decide(() -> policy.failed(session, failure, waiting.nanoTime()));
        }
    }

    private static void tell(Transcription transcription, ReplayBuffer.Step step) {
        switch (step) {
            case ReplayBuffer.Step.Sound(AudioFrame frame) -> transcription.hear(frame);
            case ReplayBuffer.Step.Started(long position) ->
                    transcription.utteranceStarted(position);
            case ReplayBuffer.Step.Ended(long position) -> transcription.utteranceEnded(position);
            case ReplayBuffer.Step.Paused(long position) -> transcription.utterancePaused(position);
        }
    }

    /// What follows from a decision at once, in the order of the decisions.
    private void note(Effect effect) {
        switch (effect) {
            case Effect.Proven(int session) -> entry(session).succeeded();
            case Effect.Reconnected(int session, int successor) -> {
                entries.put(successor, entry(session));
                entries.remove(session);
            }
            case Effect.Failed(int session, Kind kind) -> {
                ProviderGate<?>.Entry entry = entry(session);
                entry.failed(kind);
                entry.leave();
                entries.remove(session);
            }
            case Effect.Left(int session) -> {
                ProviderGate<?>.Entry entry = entry(session);
                entry.unjudged();
                entry.leave();
                entries.remove(session);
            }
            case Effect.Count(int provider, FailoverPolicy.Counted what, long number) ->
                    counter(providers.get(provider).guard().meters(), what)
                            .increment((double) number);
            case Effect.Report report -> reports.add(report);
            case Effect.Act _ -> {}
        }
    }

    private ProviderGate<?>.Entry entry(int session) {
        return Objects.requireNonNull(entries.get(session), "no such session");
    }

    /// How many sessions are let in and not done with: two at most, however often one was lost.
    int sessions() {
        synchronized (policy) {
            return entries.size();
        }
    }

    private static Counter counter(ResilienceMeters.Provider meters, FailoverPolicy.Counted what) {
        return switch (what) {
            case FAILOVER -> meters.failovers();
            case FAILBACK -> meters.failbacks();
            case FAILBACK_FAILED -> meters.failbacksFailed();
            case RECONNECT -> meters.reconnects();
            case STALL -> meters.stalls();
            case UNANSWERED -> meters.unanswered();
            case TRANSCRIPT_IGNORED -> meters.transcriptsIgnored();
            case REPLAY_LOST -> meters.replayLost();
        };
    }

    /// Reports what is to be reported, unless another thread is about it: then that one does.
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
            case Effect.Ready() -> outlet.ready();
            case Effect.Transcript(TranscriptEvent event) -> outlet.transcript(event);
            case Effect.Said(Runnable telling) -> telling.run();
            case Effect.Broken() -> outlet.broken();
            case Effect.Lost(SpeechException failure) -> outlet.lost(failure);
        }
    }

    /// What one session says.
    private final class Voice implements ListeningProvider.EngineListener {
        private final int session;
        private final int provider;

        Voice(int session, int provider) {
            this.session = session;
            this.provider = provider;
        }

        @Override
        public void ready() {
            hears(() -> policy.ready(session, waiting.nanoTime()));
        }

        @Override
        public void says(FailoverPolicy.Saying saying) {
            hears(() -> policy.says(session, provider, saying, waiting.nanoTime()));
        }

        @Override
        public void lost(SpeechException failure) {
            hears(() -> policy.failed(session, failure, waiting.nanoTime()));
        }
    }
}
