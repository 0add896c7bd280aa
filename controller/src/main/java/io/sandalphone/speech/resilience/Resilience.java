package io.sandalphone.speech.resilience;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.brain.Brain;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.DirectInterpreter;
import io.sandalphone.speech.ReservedInterpreter;
import io.sandalphone.speech.SpeechPort;
import io.sandalphone.speech.Synthesizer;
import io.sandalphone.speech.Transcriber;
import io.sandalphone.speech.Translator;

import java.util.List;
import java.util.Locale;

/// Makes one port of several providers of the same: ordered, each behind its circuit breaker, none
/// waited for longer than it may take, and no more asked of it at once than it may bear. What it makes
/// serves all calls, and does not close the providers.
public final class Resilience {
    /// What a brain is asked for, as metrics and the log say it.
    private static final String BRAIN = "brain";

    private final ResilienceSettings settings;
    private final Threads waiting;
    private final ResilienceMeters meters;

    public Resilience(ResilienceSettings settings, MeterRegistry meters) {
        this(settings, meters, Threads.real());
    }

    Resilience(ResilienceSettings settings, MeterRegistry meters, Threads waiting) {
        this.settings = settings;
        this.waiting = waiting;
        this.meters = ResilienceMeters.register(meters);
    }

    /// `providers` in the order in which they are tried; at least one.
    public Transcriber transcriber(List<Transcriber> providers) {
        return recognizers(providers);
    }

    private FallbackTranscriber recognizers(List<Transcriber> providers) {
        ResilienceSettings.Transcription transcribing = settings.transcription();
        return new FallbackTranscriber(
                guards(providers, Capability.TRANSCRIBER, transcribing.failover().maxConcurrent()),
                transcribing,
                waiting);
    }

    /// `providers` in the order in which they are tried; at least one.
    public Translator translator(List<Translator> providers) {
        return new FallbackTranslator(
                guards(providers, Capability.TRANSLATOR, settings.translation().maxConcurrent()),
                settings.translation(),
                waiting);
    }

    /// `providers` in the order in which they are tried; at least one.
    public Synthesizer synthesizer(List<Synthesizer> providers) {
        return new FallbackSynthesizer(
                guards(providers, Capability.SYNTHESIZER, settings.synthesis().maxConcurrent()),
                settings.synthesis(),
                waiting);
    }

    /// `brains` in the order in which they are tried; at least one.
    public Brain brain(List<Brain> brains) {
        return new FallbackBrain(
                brains.stream()
                        .map(each -> guard(each, BRAIN, settings.thinking().maxConcurrent()))
                        .toList(),
                settings.thinking(),
                waiting);
    }

    /// `providers` in the order in which they are tried; at least one. `reserve` listens where none of
    /// them can; made by [#transcriber], its recognizers stand behind them one by one, so that one
    /// policy decides about them all.
    public ReservedInterpreter interpreter(List<DirectInterpreter> providers, Transcriber reserve) {
        ResilienceSettings.Direct interpreting = settings.direct();
        int maxConcurrent = interpreting.failover().maxConcurrent();
        return new FallbackInterpreter(
                guards(providers, Capability.DIRECT, maxConcurrent),
                reserve instanceof FallbackTranscriber several
                        ? several
                        : recognizers(List.of(reserve)),
                interpreting,
                waiting);
    }

    private <P extends SpeechPort> List<ProviderGate<P>> guards(
            List<P> providers, Capability capability, int maxConcurrent) {
        String purpose = capability.name().toLowerCase(Locale.ROOT);
        return providers.stream().map(port -> guard(port, purpose, maxConcurrent)).toList();
    }

    private <P extends SpeechPort> ProviderGate<P> guard(
            P port, String purpose, int maxConcurrent) {
        return new ProviderGate<>(
                port, purpose, settings.breaker(), maxConcurrent, waiting, meters);
    }
}
