package io.sandalphone.providers.assemblyai;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.providers.assemblyai.ServerMessage.Turn;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranscriptEvent;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/// One speaker being listened to, through one session. When that is lost, so is this.
///
/// The call's loop, OkHttp's reader and the provider's thread meet here, under one lock that is
/// never held while anything waits. The listener is called on the provider's thread alone.
final class SpeakerTranscription implements Transcription, Session.Owner {
    /// What a speaker's transcription needs of its provider.
    interface Host {
        /// Begins to open a session.
        Session connect(SpeakerTranscription speaker);

        /// Runs `task` on the provider's thread, after those before it.
        void execute(Runnable task);

        /// A session has begun, after which the service is known to work.
        void works();

        /// The transcription is over; `failure` is why, or null when it was closed.
        void finished(SpeakerTranscription speaker, @Nullable SpeechException failure);
    }

    private final AssemblyAiSettings settings;
    private final AssemblyAiMeters meters;
    private final TranscriptListener listener;
    private final Host host;
    private final AudioBacklog backlog;
    private final SpeechMarks speech = new SpeechMarks();
    private final SessionClock clock = new SessionClock();
    private final SendBudget pace = new SendBudget();
    private final TurnAssembly turns;
    private final FormattedEnds ends;

    /// Ends of utterances that are still to be sent to the service.
    private final Deque<Long> endpoints = new ArrayDeque<>();

    private @Nullable Session session;
    private boolean listening;
    private boolean over;
    private volatile boolean closed;
    private long openedNanos;

    SpeakerTranscription(
            AssemblyAiSettings settings,
            AssemblyAiMeters meters,
            TranscriptListener listener,
            Host host) {
        this.settings = settings;
        this.meters = meters;
        this.listener = listener;
        this.host = host;
        backlog = new AudioBacklog(settings.framesPerChunk(), meters);
        turns = new TurnAssembly(clock, speech, meters, SpeechModel.settlesWords(settings.model()));
        ends =
                new FormattedEnds(
                        settings.formatTurns() ? settings.formattedTurnTimeout() : Duration.ZERO);
    }

    /// Begins to connect. What is heard meanwhile waits.
    synchronized void start() {
        openedNanos = System.nanoTime();
        session = host.connect(this);
    }

    /// Instead of [#start]: nothing will come of it.
    synchronized void refuse(SpeechException failure) {
        over = true;
        tell(() -> listener.onFailure(failure));
    }

    @Override
    public synchronized void hear(AudioFrame frame) {
        if (!over) {
            backlog.hear(frame);
            pump(System.nanoTime());
        }
    }

    @Override
    public synchronized void utteranceStarted(long position) {
        speech.started(position);
        backlog.speechFrom(position);
    }

    @Override
    public synchronized void utteranceEnded(long position) {
        if (over) {
            return;
        }
        long now = System.nanoTime();
        backlog.speechUntil(position);
        if (speech.ended(position, now) && settings.forceEndpoint()) {
            endpoints.add(position);
            pump(now);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (!over) {
            over = true;
            leave(listening ? backlog.tail() : null);
            host.finished(this, null);
        }
    }

    @Override
    public synchronized void begun(Session begun) {
        if (over) {
            begun.leave(null);
            return;
        }
        long now = System.nanoTime();
        meters.sessionSetup().record(now - openedNanos, TimeUnit.NANOSECONDS);
        listening = true;
        host.works();
        tell(listener::onReady);
        pump(now);
    }

    @Override
    public synchronized void turn(Session from, Turn turn) {
        if (!over) {
            ends.accept(turn, System.nanoTime()).forEach(this::read);
        }
    }

    private void read(Turn turn) {
        turns.accept(turn).forEach(this::tell);
    }

    @Override
    public synchronized void heartbeat(Session from, double speechProbability) {
        if (!over && clock.started()) {
            speech.heartbeat(speechProbability, turns.open(), clock.end()).forEach(this::tell);
        }
    }

    @Override
    public synchronized void lost(Session from, SessionFailure loss) {
        if (!over) {
            fail(loss);
        }
    }

    /// Looks after the clock. Called on the provider's thread, every now and then.
    synchronized void pulse(long nowNanos) {
        if (over) {
            return;
        }
        if (listening) {
            pump(nowNanos);
        } else if (nowNanos - openedNanos > settings.connectTimeout().toNanos()) {
            fail(SessionFailure.ofSilence("the service does not begin to listen"));
        }
    }

    /// Sends what may be sent by now, and reads what was held long enough.
    private void pump(long nowNanos) {
        ends.due(nowNanos).forEach(this::read);
        Session current = session;
        if (!listening || current == null) {
            return;
        }
        int samples = settings.framesPerChunk() * AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
        while (pace.allows(samples, nowNanos) && !current.congested()) {
            byte[] chunk = backlog.poll(clock);
            if (chunk == null) {
                break;
            }
            pace.sent(samples, nowNanos);
            current.send(chunk);
            forceEndpoints(current);
        }
        forceEndpoints(current);
    }

    private void forceEndpoints(Session current) {
        boolean passed = false;
        for (Long next = endpoints.peek();
                next != null && backlog.sentUntil(next);
                next = endpoints.peek()) {
            endpoints.remove();
            passed = true;
        }
        if (passed) {
            current.forceEndpoint();
        }
    }

    private void fail(SessionFailure loss) {
        ends.rest().forEach(this::read);
        over = true;
        leave(null);
        SpeechException failure = loss.exception();
        meters.failures().increment();
        host.finished(this, failure);
        tell(() -> listener.onFailure(failure));
    }

    private void leave(byte @Nullable [] tail) {
        Session current = session;
        if (current != null) {
            current.leave(tail);
        }
    }

    private void tell(TranscriptEvent event) {
        switch (event) {
            case TranscriptEvent.Partial(_, _, _, _, _, long end) -> speech.told(end);
            case TranscriptEvent.Final(_, _, long end, _, _) -> answered(end);
            case TranscriptEvent.Nothing(_, long end) -> answered(end);
        }
        tell(() -> listener.onTranscript(event));
    }

    private void answered(long end) {
        speech.answered(end, System.nanoTime()).forEach(meters.finalization()::record);
    }

    private void tell(Runnable news) {
        host.execute(
                () -> {
                    if (!closed) {
                        news.run();
                    }
                });
    }
}
