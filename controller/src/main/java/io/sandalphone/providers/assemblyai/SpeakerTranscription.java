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
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One speaker being listened to, through one session after another when sessions are lost.
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

    /// How many sessions may be lost without one turn between them.
    private static final int MOST_LOSSES = 5;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final AssemblyAiSettings settings;
    private final AssemblyAiMeters meters;
    private final TranscriptListener listener;
    private final Host host;
    private final AudioBacklog backlog;

    private final AnswerWatch watch;
    private final SpeechMarks speech = new SpeechMarks();

    /// Ends of utterances that are still to be sent to the service.
    private final Deque<Long> endpoints = new ArrayDeque<>();

    private @Nullable Session session;
    private SessionClock clock = new SessionClock();
    private SendBudget pace = new SendBudget();
    private TurnAssembly turns;
    private boolean listening;
    private boolean ready;
    private boolean over;
    private volatile boolean closed;
    private long attemptNanos;
    private long connectNanos;
    private long awayNanos;
    private int losses;
    private SessionFailure lastLoss = SessionFailure.ofSilence("the service has not answered yet");

    SpeakerTranscription(
            AssemblyAiSettings settings,
            AssemblyAiMeters meters,
            TranscriptListener listener,
            Host host) {
        this.settings = settings;
        this.meters = meters;
        this.listener = listener;
        this.host = host;
        watch = new AnswerWatch(settings.answerTimeout());
        backlog = new AudioBacklog(settings.framesPerChunk(), meters);
        turns = TurnAssembly.first(clock, speech, meters);
    }

    /// Begins to connect. What is heard meanwhile waits.
    synchronized void start() {
        awayNanos = System.nanoTime();
        connect(awayNanos);
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
        watch.started(position, System.nanoTime());
        backlog.speechFrom(position);
    }

    @Override
    public synchronized void utteranceEnded(long position) {
        if (over) {
            return;
        }
        speech.ended(position);
        backlog.speechUntil(position);
        long now = System.nanoTime();
        if (watch.ended(position, now) && settings.forceEndpoint()) {
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
        if (over || begun != session) {
            begun.leave(null);
            return;
        }
        long now = System.nanoTime();
        meters.sessionSetup().record(now - attemptNanos, TimeUnit.NANOSECONDS);
        listening = true;
        clock = new SessionClock();
        pace = new SendBudget();
        turns = turns.next(clock);
        backlog.rewind(turns.confirmed());
        endpoints.clear();
        watch.sessionBegan(this::untilSent, now);
        if (settings.forceEndpoint()) {
            endpoints.addAll(watch.ends());
        }
        host.works();
        if (!ready) {
            ready = true;
            tell(listener::onReady);
        }
        pump(now);
    }

    /// How long it takes until the session has been sent what lies before `position`.
    private Duration untilSent(long position) {
        Duration paced = backlog.waitingUntil(position).minus(SendBudget.BURST);
        return paced.isNegative() ? Duration.ZERO : paced;
    }

    @Override
    public synchronized void turn(Session from, Turn turn) {
        if (over || from != session) {
            return;
        }
        List<TranscriptEvent> news = turns.accept(turn);
        if (!news.isEmpty() && turn.ended()) {
            losses = 0;
        }
        news.forEach(this::tell);
    }

    @Override
    public synchronized void heartbeat(Session from, double speechProbability) {
        if (!over && from == session) {
            watch.heartbeat(speechProbability, System.nanoTime());
        }
    }

    @Override
    public synchronized void lost(Session from, SessionFailure loss) {
        if (!over && from == session) {
            lose(loss, System.nanoTime());
        }
    }

    /// Looks after the clock. Called on the provider's thread, every now and then.
    synchronized void pulse(long nowNanos) {
        if (over) {
            return;
        }
        if (listening) {
            pump(nowNanos);
            watch(nowNanos);
        } else if (nowNanos - awayNanos > settings.reconnectTimeout().toNanos()) {
            fail(lastLoss);
        } else if (session == null && nowNanos - connectNanos >= 0) {
            connect(nowNanos);
        } else if (session != null
                && nowNanos - attemptNanos > settings.connectTimeout().toNanos()) {
            lose(SessionFailure.ofSilence("the service does not begin to listen"), nowNanos);
        }
    }

    /// Sends what may be sent by now.
    private void pump(long nowNanos) {
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

    private void watch(long nowNanos) {
        switch (watch.judge(turns.open(), nowNanos)) {
            case AnswerWatch.Verdict.Wait() -> {}
            case AnswerWatch.Verdict.Stalled() -> {
                meters.stalls().increment();
                lose(SessionFailure.ofSilence("the service has stopped answering"), nowNanos);
            }
            case AnswerWatch.Verdict.GivenUp(long start, long end) -> {
                meters.unanswered().increment();
                tell(turns.giveUp(end).orElse(new TranscriptEvent.Nothing(start, end)));
            }
        }
    }

    private void connect(long nowNanos) {
        attemptNanos = nowNanos;
        session = host.connect(this);
    }

    private void lose(SessionFailure loss, long nowNanos) {
        leave(null);
        session = null;
        lastLoss = loss;
        losses++;
        if (listening) {
            listening = false;
            awayNanos = nowNanos;
        }
        if (!loss.again()
                || losses > MOST_LOSSES
                || nowNanos - awayNanos > settings.reconnectTimeout().toNanos()) {
            fail(loss);
            return;
        }
        meters.reconnects().increment();
        connectNanos = losses == 1 ? nowNanos : nowNanos + pause().toNanos();
    }

    private Duration pause() {
        return FIRST_PAUSE.multipliedBy(1L << (losses - 2));
    }

    private void fail(SessionFailure loss) {
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
        long now = System.nanoTime();
        switch (event) {
            case TranscriptEvent.Partial(_, _, long start, long end) -> watch.told(start, end, now);
            case TranscriptEvent.Final(_, _, long end, _) -> answered(end, now);
            case TranscriptEvent.Nothing(_, long end) -> answered(end, now);
        }
        tell(() -> listener.onTranscript(event));
    }

    private void answered(long end, long nowNanos) {
        watch.answered(end, nowNanos).forEach(meters.finalization()::record);
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
