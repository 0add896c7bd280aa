package io.sandalphone.providers.offline;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.ProviderEngines;
import io.sandalphone.speech.SpeechProvider;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Brings the engines that need no account: `offline` in settings.
public final class OfflineProvider implements SpeechProvider {
    /// The name of all its ports.
    static final String NAME = "offline";

    private static final Logger LOG = LoggerFactory.getLogger(OfflineProvider.class);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Capability> offers() {
        return EnumSet.of(Capability.TRANSCRIBER, Capability.TRANSLATOR, Capability.SYNTHESIZER);
    }

    @Override
    public Setting<Maker> read(Section own) {
        Setting<OfflineSettings> settings = OfflineSettings.read(own);
        return own.make(
                () -> {
                    OfflineSettings checked = settings.get();
                    return meters -> start(checked, meters);
                });
    }

    /// Starts all three. What is missing on this machine is logged and is their unavailableReason, but does not
    /// stop the gateway: calls work without translation, and what is installed later is used.
    private static ProviderEngines start(OfflineSettings settings, MeterRegistry registry) {
        missing(settings)
                .forEach(
                        sentence ->
                                LOG.atError()
                                        .addKeyValue("missing", sentence)
                                        .log("offline engines cannot all work"));
        var meters = OfflineMeters.register(registry);
        return ProviderEngines.of(
                new SphinxTranscriber(settings, meters),
                new ApertiumTranslator(settings, meters),
                new OfflineVoices(settings, meters));
    }

    /// What the engines need and this machine has not got: a sentence each, with the Debian or Ubuntu
    /// package that brings it. Empty when everything is there.
    public static List<String> missing(OfflineSettings settings) {
        return new Installation(settings).missing();
    }
}
