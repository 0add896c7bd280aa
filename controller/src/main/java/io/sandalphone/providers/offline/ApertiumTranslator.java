package io.sandalphone.providers.offline;

import io.sandalphone.config.Finding;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.TranslationRequest;
import io.sandalphone.speech.Translator;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Translates between English and Spanish with Apertium: one pipe of processes per direction, kept
/// alive, replaced when it dies or does not answer in time.
public final class ApertiumTranslator implements Translator {
    private static final Logger LOG = LoggerFactory.getLogger(ApertiumTranslator.class);

    /// The ways it translates.
    enum Direction {
        ENGLISH_TO_SPANISH("eng-spa"),
        SPANISH_TO_ENGLISH("spa-eng");

        private final String mode;

        Direction(String mode) {
            this.mode = mode;
        }

        /// The name of Apertium's mode.
        String mode() {
            return mode;
        }

        static Optional<Direction> of(Language from, Language to) {
            return switch (from.base() + "-" + to.base()) {
                case "en-es" -> Optional.of(ENGLISH_TO_SPANISH);
                case "es-en" -> Optional.of(SPANISH_TO_ENGLISH);
                default -> Optional.empty();
            };
        }
    }

    private final OfflineSettings settings;
    private final OfflineMeters meters;
    private final Map<Direction, ApertiumPipeline> pipelines = new EnumMap<>(Direction.class);
    private volatile @Nullable String unavailableReason;
    private boolean closed;

    /// Starts both directions, so that the first phrase does not wait for them.
    public ApertiumTranslator(OfflineSettings settings, OfflineMeters meters) {
        this.settings = settings;
        this.meters = meters;
        for (var direction : Direction.values()) {
            try {
                pipeline(direction);
            } catch (SpeechException absent) {
                // The unavailableReason says so, and every translation tries again.
                LOG.atWarn()
                        .addKeyValue("direction", direction.mode)
                        .log("apertium does not start");
            }
        }
    }

    @Override
    public String name() {
        return "offline";
    }

    @Override
    public Optional<String> unavailableReason() {
        return Optional.ofNullable(unavailableReason);
    }

    @Override
    public List<Finding> check() {
        return Installation.findings(new Installation(settings).missingTranslator());
    }

    @Override
    public boolean translates(Language from, Language to) {
        return Direction.of(from, to).isPresent();
    }

    @Override
    public String translate(TranslationRequest request)
            throws SpeechException, InterruptedException {
        var direction =
                Direction.of(request.from(), request.to())
                        .orElseThrow(
                                () ->
                                        new SpeechException(
                                                SpeechException.Kind.REQUEST,
                                                "Apertium does not translate "
                                                        + request.from()
                                                        + " to "
                                                        + request.to()));
        if (request.text().isBlank()) {
            return "";
        }
        long start = System.nanoTime();
        var phrase = SpokenPhrase.of(request.text(), request.from());
        request.usage()
                .translated(
                        OfflineProvider.NAME,
                        request.text().codePointCount(0, request.text().length()));
        String translated =
                phrase.words().isEmpty() ? "" : ask(pipeline(direction), phrase.words());
        String written = phrase.written(translated, request.to());
        meters.translation().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        return written;
    }

    private String ask(ApertiumPipeline pipeline, String words)
            throws SpeechException, InterruptedException {
        try {
            String answer =
                    pipeline.ask(words)
                            .get(settings.answerTimeout().toNanos(), TimeUnit.NANOSECONDS);
            unavailableReason = null;
            return answer;
        } catch (TimeoutException _) {
            pipeline.close();
            throw failure(SpeechException.Kind.TIMEOUT, "Apertium did not answer in time");
        } catch (IOException | CancellationException | ExecutionException _) {
            throw failure(SpeechException.Kind.PROVIDER_FAULT, "Apertium ended at work");
        }
    }

    private SpeechException failure(SpeechException.Kind kind, String message) {
        unavailableReason = message;
        return new SpeechException(kind, message);
    }

    private synchronized ApertiumPipeline pipeline(Direction direction) throws SpeechException {
        var running = pipelines.get(direction);
        if (running != null) {
            return running;
        }
        if (closed) {
            throw new SpeechException(SpeechException.Kind.UNREACHABLE, "Apertium was closed");
        }
        try {
            var started =
                    ApertiumPipeline.start(
                            settings.modes(), direction.mode, ended -> ended(direction, ended));
            pipelines.put(direction, started);
            return started;
        } catch (IOException _) {
            throw failure(SpeechException.Kind.UNREACHABLE, "Apertium cannot be started");
        }
    }

    private synchronized void ended(Direction direction, ApertiumPipeline pipeline) {
        pipelines.remove(direction, pipeline);
        if (!closed) {
            meters.translatorRestarts().increment();
            unavailableReason =
                    new Installation(settings)
                            .missingTranslator().stream()
                                    .findFirst()
                                    .orElse("Apertium ended and starts again with the next phrase");
            LOG.atWarn().addKeyValue("direction", direction.mode).log("apertium ended");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        pipelines.values().forEach(ApertiumPipeline::close);
    }
}
