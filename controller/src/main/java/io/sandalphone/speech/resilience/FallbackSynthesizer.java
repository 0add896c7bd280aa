package io.sandalphone.speech.resilience;

import io.sandalphone.speech.Language;
import io.sandalphone.speech.PcmSink;
import io.sandalphone.speech.SpeechException;
import io.sandalphone.speech.SpeechException.Kind;
import io.sandalphone.speech.SynthesisRequest;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.VoiceChoice;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    public Optional<String> insteadOf(String voice, Language language) {
        return guards().stream()
                .map(ProviderGate::port)
                .filter(engine -> engine.speaks(language))
                .findFirst()
                .flatMap(engine -> engine.insteadOf(voice, language));
    }

    /// Each engine's own, and those of engines that are not there or do not speak the language.
    @Override
    public List<VoiceChoice.Mistake> mistakes(VoiceChoice voices, Language language) {
        List<VoiceChoice.Mistake> mistakes = new ArrayList<>();
        Set<String> silent = new TreeSet<>(voices.byEngine().keySet());
        VoiceChoice asked = voices;
        for (ProviderGate<Synthesizer> guard : guards()) {
            Synthesizer engine = guard.port();
            if (engine.speaks(language)) {
                mistakes.addAll(engine.mistakes(asked, language));
                asked = asked.ofUnderstudies();
                silent.remove(engine.name());
            }
        }
        String expected = "an engine of speech.synthesizer that speaks " + language;
        silent.forEach(engine -> mistakes.add(voices.mistake(engine, expected)));
        return mistakes;
    }

    @Override
    public void synthesize(SynthesisRequest request, PcmSink out)
            throws SpeechException, InterruptedException {
        if (!speaks(request.language())) {
            throw new SpeechException(
                    Kind.REQUEST, name() + " does not speak " + request.language());
        }
        var failures = new Failures();
        SynthesisRequest next = request;
        for (ProviderGate<Synthesizer> guard : guards()) {
            if (guard.port().speaks(request.language())) {
                SynthesisRequest asked = next;
                next = request.ofUnderstudies();
                Optional<ProviderGate<Synthesizer>.Entry> entry =
                        guard.enter(request.speculative());
                if (entry.isPresent()) {
                    SpeechException failure = speak(guard, entry.get(), asked, out);
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
