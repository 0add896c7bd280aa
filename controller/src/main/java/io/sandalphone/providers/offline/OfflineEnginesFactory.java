package io.sandalphone.providers.offline;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.OfflineMeters;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.SpeechEnginesFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;

/// Makes the engines that need no account: `offline` in settings, whose keys are those of
/// [OfflineSettings#of].
public final class OfflineEnginesFactory implements SpeechEnginesFactory {
    private static final Logger LOG = LoggerFactory.getLogger(OfflineEnginesFactory.class);

    @Override
    public String name() {
        return "offline";
    }

    /// Starts all three. What is missing on this machine is logged and is their ailment, but does not
    /// stop the gateway: calls work without translation, and what is installed later is used.
    @Override
    public SpeechEngines create(Map<String, String> settings, MeterRegistry registry) {
        var checked = OfflineSettings.of(settings);
        missing(checked).forEach(sentence -> LOG.error("offline engines: {}", sentence));
        var meters = OfflineMeters.register(registry);
        return new SpeechEngines(
                new SphinxTranscriber(checked, meters),
                new ApertiumTranslator(checked, meters),
                new EspeakSynthesizer(checked, meters));
    }

    /// What the engines need and this machine has not got: a sentence each, with the Debian or Ubuntu
    /// package that brings it. Empty when everything is there.
    public static List<String> missing(OfflineSettings settings) {
        return new Installation(settings).missing();
    }
}
