package io.sandalphone.providers.assemblyai;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;

import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Recognises speech with AssemblyAI's Universal-Streaming v3: telephone sound as it is, one session
/// for each speaker.
///
/// One OkHttp client serves all sessions; each is read by a platform thread: of what waits for the
/// network all the time, each message would wake three threads to run a virtual one (decision 0007).
/// One thread, `assemblyai`, looks after all clocks ten times a second and calls every listener.
public final class AssemblyAiTranscriber implements Transcriber {
    static final String NAME = "assemblyai";

    private static final Logger LOG = LoggerFactory.getLogger(AssemblyAiTranscriber.class);
    private static final Duration PULSE = Duration.ofMillis(100);
    private static final Duration PING = Duration.ofSeconds(10);

    /// Each session counts as a request under way for as long as it lives.
    private static final int MOST_SESSIONS = 4096;

    private final AssemblyAiSettings settings;
    private final AssemblyAiMeters meters;
    private final ExecutorService readers =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().daemon().name("assemblyai-reader-", 0).factory());
    private final ScheduledExecutorService loop =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("assemblyai").factory());
    private final OkHttpClient client;
    private final Set<SpeakerTranscription> speakers = ConcurrentHashMap.newKeySet();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Object sessionGone = new Object();
    private volatile @Nullable String unavailableReason;

    public AssemblyAiTranscriber(AssemblyAiSettings settings, AssemblyAiMeters meters) {
        this.settings = settings;
        this.meters = meters;
        var dispatcher = new Dispatcher(readers);
        dispatcher.setMaxRequests(MOST_SESSIONS);
        dispatcher.setMaxRequestsPerHost(MOST_SESSIONS);
        client =
                new OkHttpClient.Builder()
                        .dispatcher(dispatcher)
                        .connectTimeout(settings.connectTimeout())
                        // Each limited read and write wakes a thread that watches it. Sessions
                        // have clocks of their own, and pings notice a dead connection.
                        .readTimeout(Duration.ZERO)
                        .writeTimeout(Duration.ZERO)
                        .pingInterval(PING)
                        .build();
        var _ =
                loop.scheduleAtFixedRate(
                        this::pulse, PULSE.toMillis(), PULSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    @Override
    public boolean understands(Language language) {
        return SpeechModel.of(settings.model())
                .map(model -> model.understands(language))
                .orElse(true);
    }

    @Override
    public Optional<Duration> answerTimeout() {
        return Optional.of(settings.answerTimeout());
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        var speaker = new SpeakerTranscription(settings, meters, listener, new Speaker(request));
        if (understands(request.language())) {
            speakers.add(speaker);
            speaker.start();
        } else {
            speaker.refuse(
                    new SpeechException(
                            SpeechException.Kind.REQUEST,
                            settings.model() + " does not know " + request.language()));
        }
        return speaker;
    }

    /// Asks for a temporary token, which is free: only a key that works gets one.
    @Override
    public List<Finding> check() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(asked());
        if (SpeechModel.of(settings.model()).isEmpty()) {
            String message = "no model is known to be called " + settings.model();
            findings.add(
                    settings.unlistedModel()
                            ? Finding.warning("engines.assemblyai.model", message)
                            : Finding.fault("engines.assemblyai.model", message));
        }
        return findings;
    }

    private Finding asked() {
        Call call = client.newCall(SessionRequest.probe(settings));
        call.timeout().timeout(settings.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            return switch (response.code()) {
                case 200 -> Finding.ok("reachable, and the key is accepted");
                case 401, 403 ->
                        Finding.fault(
                                "engines.assemblyai.api-key",
                                "the key is refused: HTTP " + response.code());
                case 404 ->
                        Finding.fault(
                                "engines.assemblyai.endpoint",
                                "no streaming service answers there: HTTP 404");
                default -> Finding.warning("", "the service answers with HTTP " + response.code());
            };
        } catch (IOException e) {
            return Finding.fault(
                    "engines.assemblyai.endpoint",
                    "cannot be reached: " + e.getClass().getSimpleName());
        }
    }

    /// Terminates every session and waits for that, five seconds at most.
    @Override
    public void close() {
        List.copyOf(speakers).forEach(SpeakerTranscription::close);
        sessions.forEach(session -> session.leave(null));
        awaitSessions();
        sessions.forEach(Session::cancel);
        loop.shutdownNow();
        readers.shutdown();
        client.connectionPool().evictAll();
    }

    private void awaitSessions() {
        long deadline = System.nanoTime() + Session.FAREWELL.toNanos();
        synchronized (sessionGone) {
            try {
                long left = deadline - System.nanoTime();
                while (!sessions.isEmpty() && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(sessionGone, left);
                    left = deadline - System.nanoTime();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // What one speaker's trouble throws must not keep the others' clocks from being looked after.
    private void pulse() {
        long now = System.nanoTime();
        for (SpeakerTranscription speaker : speakers) {
            guarded(() -> speaker.pulse(now));
        }
        for (Session session : sessions) {
            guarded(() -> session.pulse(now));
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a task of the assemblyai thread failed");
        }
    }

    private void gone(Session session) {
        sessions.remove(session);
        meters.open().set(sessions.size());
        synchronized (sessionGone) {
            sessionGone.notifyAll();
        }
    }

    private void registered(Session session) {
        sessions.add(session);
        meters.open().set(sessions.size());
    }

    /// What one speaker's transcription has of this transcriber.
    private final class Speaker implements SpeakerTranscription.Host {
        private final TranscriptionRequest request;

        Speaker(TranscriptionRequest request) {
            this.request = request;
        }

        @Override
        public Session connect(SpeakerTranscription speaker) {
            return Session.open(
                    client,
                    SessionRequest.open(settings, request),
                    speaker,
                    request.usage(),
                    meters,
                    AssemblyAiTranscriber.this::registered,
                    AssemblyAiTranscriber.this::gone);
        }

        @Override
        public void execute(Runnable task) {
            try {
                loop.execute(() -> guarded(task));
            } catch (RejectedExecutionException _) {
                // The transcriber was closed, and with it everybody who listened.
            }
        }

        @Override
        public void works() {
            unavailableReason = null;
        }

        @Override
        public void finished(SpeakerTranscription speaker, @Nullable SpeechException failure) {
            speakers.remove(speaker);
            if (failure != null) {
                unavailableReason = failure.getMessage();
            }
        }
    }
}
