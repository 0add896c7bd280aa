package io.sandalphone.speech;

import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;

import java.nio.file.Path;
import java.util.Set;

/// A vendor, or a kind of engine, that settings ask for by name. Found by
/// [java.util.ServiceLoader], so one can be added by adding a jar.
public interface SpeechProvider {
    /// The name settings ask by, and the one all its ports bear: short, in lower case.
    String name();

    /// The ports it brings.
    Set<Capability> offers();

    /// The plans that its usage is reported under, beside the provider's own name: `neural` for the
    /// tariff `polly-neural`. See [Usage].
    default Set<String> plans() {
        return Set.of();
    }

    /// Reads its own settings, which stand under `engines` by its name, defaults included. Called
    /// only when something of it is asked for. Starts nothing.
    Setting<Maker> read(Section own);

    /// The same, for a provider whose engines load files of the folder `models`, where `scripts/models`
    /// keeps them.
    default Setting<Maker> read(Section own, Setting<Path> models) {
        return read(own);
    }

    /// Makes the engines, of checked settings.
    @FunctionalInterface
    interface Maker {
        /// Starts them; what they count and time goes to `meters`. What is missing around them, or
        /// does not answer, is their unavailableReason and no failure.
        ProviderEngines make(MeterRegistry meters);
    }
}
