package io.sandalphone.providers.whisper;

import io.sandalphone.config.Finding;
import io.sandalphone.models.ModelException;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.segment.UtterancesOnly;
import io.sandalphone.speech.text.admission.WhisperLanguages;
import io.sandalphone.speech.worker.WorkerProgram;
import io.sandalphone.speech.worker.WorkerRecognizer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Recognises with Whisper, in a worker process that all calls share. Words that may still change come
/// while an utterance goes on, as far as the machine has time for that.
public final class WhisperTranscriber implements Transcriber {
    /// Loading may take so long on a busy machine before the doctor gives up.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// From here on a machine is too slow to be spoken to: twice as long as what is said.
    private static final Duration TOO_SLOW = Duration.ofSeconds(2);

    private final WhisperSettings settings;
    private final WorkerRecognizer worker;

    /// Starts the worker. Until it has loaded its model, [#unavailableReason] says so, no session
    /// is ready, and what is said waits.
    WhisperTranscriber(WhisperSettings settings, WhisperMeters meters) {
        this.settings = settings;
        worker =
                new WorkerRecognizer(
                        new WorkerProgram(
                                "whisper",
                                WhisperWorker.class,
                                WorkerProgram.everything(),
                                "64m",
                                // Threads that wait for each other sleep, rather than keep a
                                // processor busy that
                                // somebody else needs.
                                Map.of("OMP_WAIT_POLICY", "passive"),
                                List.of(
                                        settings.folder().path().toString(),
                                        settings.model().name(),
                                        Integer.toString(settings.threads()),
                                        Long.toString(settings.longestWait().toMillis()),
                                        Double.toString(settings.partials())),
                                settings.recognizeTimeout()),
                        WorkerRecognizer.Overload.FAIL_SESSION,
                        meters.worker());
    }

    @Override
    public String name() {
        return WhisperProvider.NAME;
    }

    @Override
    public Optional<String> unavailableReason() {
        return worker.unavailableReason();
    }

    @Override
    public List<Finding> check() throws InterruptedException {
        try {
            settings.folder().checked(settings.model());
        } catch (ModelException fault) {
            String setting = "engines.whisper.model";
            String message = String.valueOf(fault.getMessage());
            // Whoever installs the gateway has not fetched it yet: the engines behind it do.
            return List.of(
                    settings.folder().has(settings.model())
                            ? Finding.fault(setting, message)
                            : Finding.warning(setting, message));
        }
        Optional<Duration> trial = worker.awaitTrial(PATIENCE);
        if (trial.isEmpty()) {
            return List.of(
                    Finding.fault(
                            "engines.whisper",
                            unavailableReason().orElse("the recognition worker does not start")));
        }
        String took =
                "%s: 2 s of sound take %d ms"
                        .formatted(settings.model().name(), trial.get().toMillis());
        return List.of(
                trial.get().compareTo(TOO_SLOW) > 0
                        ? Finding.warning(
                                "engines.whisper", took + ": this machine is too slow, or busy")
                        : Finding.ok(took));
    }

    @Override
    public boolean understands(Language language) {
        return WhisperLanguages.know(language);
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        return new UtterancesOnly(
                understands(request.language())
                        ? worker.open(WhisperProvider.NAME, request, listener)
                        : worker.refuse(
                                listener,
                                new SpeechException(
                                        SpeechException.Kind.REQUEST,
                                        "Whisper does not know " + request.language())));
    }

    @Override
    public void close() {
        worker.close();
    }
}
