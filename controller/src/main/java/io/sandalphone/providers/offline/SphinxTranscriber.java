package io.sandalphone.providers.offline;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.TranscriptListener;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.TranscriptionRequest;
import io.sandalphone.speech.UtteranceRecognizer;
import io.sandalphone.speech.segment.UtterancesOnly;
import io.sandalphone.speech.worker.WorkerProgram;
import io.sandalphone.speech.worker.WorkerRecognizer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Recognises English with PocketSphinx, in a worker process that all calls share.
public final class SphinxTranscriber implements Transcriber {
    private final OfflineSettings settings;
    private final WorkerRecognizer worker;

    /// Starts the worker. Until it has loaded its model, [#unavailableReason] says so, no session
    /// is ready, and what is said waits.
    public SphinxTranscriber(OfflineSettings settings, OfflineMeters meters) {
        this.settings = settings;
        worker =
                new WorkerRecognizer(
                        new WorkerProgram(
                                "sphinx",
                                SphinxWorker.class,
                                WorkerProgram.ownClasses(SphinxWorker.class),
                                "48m",
                                Map.of(),
                                List.of(
                                        settings.model().toString(),
                                        Integer.toString(settings.decoders())),
                                settings.recognizeTimeout()),
                        WorkerRecognizer.Overload.LOSE_UTTERANCE,
                        meters.recognizer());
    }

    @Override
    public String name() {
        return OfflineProvider.NAME;
    }

    @Override
    public Optional<String> unavailableReason() {
        return worker.unavailableReason();
    }

    @Override
    public List<Finding> check() {
        return Installation.findings(new Installation(settings).missingRecognizer());
    }

    @Override
    public boolean understands(Language language) {
        return language.base().equals("en");
    }

    @Override
    public Transcription open(TranscriptionRequest request, TranscriptListener listener) {
        return new UtterancesOnly(
                understands(request.language())
                        ? worker.open(OfflineProvider.NAME, request, listener)
                        : refused(request, listener));
    }

    private UtteranceRecognizer refused(TranscriptionRequest request, TranscriptListener listener) {
        return worker.refuse(
                listener,
                new SpeechException(
                        SpeechException.Kind.REQUEST,
                        "PocketSphinx has no model for " + request.language()));
    }

    @Override
    public void close() {
        worker.close();
    }
}
