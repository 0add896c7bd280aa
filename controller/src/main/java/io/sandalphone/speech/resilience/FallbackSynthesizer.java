package io.sandalphone.speech.resilience;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Asks one synthesizer after the other until one gives sound. From then on it is that one's: when it
/// breaks off, no other begins the text again. Thread-safe.
final class FallbackSynthesizer extends Fallback<Synthesizer> implements Synthesizer {
    private final ResilienceSettings.Synthesis settings;
    private final Threads waiting;

    FallbackSynthesizer(
            List<ProviderGate<Synthesizer>> guards,
            ResilienceSettings.Synthesis settings,
            Threads waiting) {
        super(guards);
        this.settings = settings;
        this.waiting = waiting;
    }

    @Override
    public boolean speaks(Language language) {
        return guards().stream().anyMatch(guard -> guard.port().speaks(language));
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        if (!speaks(request.language())) {
            throw new SpeechException(
                    Kind.REQUEST, name() + " does not speak " + request.language());
        }
        var failures = new Failures();
        for (ProviderGate<Synthesizer> guard : guards()) {
            if (guard.port().speaks(request.language())) {
                Optional<ProviderGate<Synthesizer>.Entry> entry =
                        guard.enter(request.speculative());
                if (entry.isPresent()) {
                    SpeechException failure = speak(guard, entry.get(), request, out);
                    if (failure == null) {
                        return;
                    }
                    failures.add(failure);
                }
            }
        }
        throw failures.mostTelling();
    }

    /// Null when all was spoken, or what failed before there was any sound.
    private @Nullable SpeechException speak(
            ProviderGate<Synthesizer> guard,
            ProviderGate<Synthesizer>.Entry entry,
            SynthesisRequest request,
            PcmSink out)
            throws SpeechException, InterruptedException {
        BlockingQueue<Attempt.Report<short[]>> reports = new LinkedBlockingQueue<>();
        Attempt<short[]> attempt =
                Attempt.start(
                        guard,
                        entry,
                        waiting,
                        reports,
                        pieces -> guard.port().synthesize(request, pieces::accept));
        boolean sounding = false;
        try {
            while (true) {
                Duration limit =
                        sounding
                                ? settings.stallTimeout()
                                : settings.firstAudioTimeout().minus(attempt.age());
                switch (waiting.poll(reports, limit)) {
                    case Attempt.Report.Piece<short[]>(_, var pcm) -> {
                        sounding |= pcm.length > 0;
                        out.accept(pcm);
                    }
                    case Attempt.Report.Done<short[]> _ -> {
                        attempt.succeeded();
                        return null;
                    }
                    case Attempt.Report.Failed<short[]>(_, var failure) -> {
                        attempt.failed(failure);
                        return unlessBegun(sounding, failure);
                    }
                    case null -> {
                        return unlessBegun(sounding, attempt.late(" did not speak in time"));
                    }
                }
            }
        } finally {
            attempt.end();
        }
    }

    private static SpeechException unlessBegun(boolean sounding, SpeechException failure)
            throws SpeechException {
        if (sounding) {
            throw failure;
        }
        return failure;
    }
}
