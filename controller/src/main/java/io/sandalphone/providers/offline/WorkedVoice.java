package io.sandalphone.providers.offline;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.worker.VoiceCounts;
import io.sandalphone.speech.worker.WorkerProgram;
import io.sandalphone.speech.worker.WorkerVoice;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A voice whose library speaks in a worker process of its own, which starts when it is first needed.
final class WorkedVoice implements Voice {
    /// Phrases spoken at the same time: more than there are processors would only make each of them
    /// late.
    private static final int SPEAKERS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final VoiceKind kind;
    private final OfflineSettings settings;
    private final VoiceCounts counts;
    private @Nullable WorkerVoice worker;
    private boolean closed;

    WorkedVoice(VoiceKind kind, OfflineSettings settings, VoiceCounts counts) {
        this.kind = kind;
        this.settings = settings;
        this.counts = counts;
    }

    @Override
    public VoiceKind kind() {
        return kind;
    }

    @Override
    public List<String> missing() {
        return new Installation(settings).missing(kind);
    }

    @Override
    public void prepare() {
        try {
            worker();
        } catch (SpeechException _) {
            // Closed already.
        }
    }

    @Override
    public Optional<String> trouble() throws InterruptedException {
        try {
            return worker().awaitReady();
        } catch (SpeechException closed) {
            return Optional.ofNullable(closed.getMessage());
        }
    }

    @Override
    public void speak(String text, Language language, Optional<String> variant, PcmSink out)
            throws SpeechException, InterruptedException {
        worker().speak(language.base(), text, out);
    }

    private synchronized WorkerVoice worker() throws SpeechException {
        if (closed) {
            throw new SpeechException(SpeechException.Kind.UNREACHABLE, kind + " was closed");
        }
        if (worker == null) {
            worker = new WorkerVoice(program(), counts);
        }
        return worker;
    }

    private WorkerProgram program() {
        return new WorkerProgram(
                kind.toString(),
                VoiceWorker.class,
                WorkerProgram.ownClasses(VoiceWorker.class),
                "48m",
                Map.of(),
                List.of(
                        kind.toString(),
                        settings.picoData().toString(),
                        Integer.toString(settings.wordsPerMinute()),
                        Integer.toString(SPEAKERS)),
                settings.answerTimeout());
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (worker != null) {
            worker.close();
        }
    }
}
