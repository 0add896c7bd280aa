package io.sandalphone.speech;

import java.time.Duration;

/// Hears what a call uses of what vendors bill for. Who asks an engine hands one over with what it
/// asks; the engine tells it when, and where, the amount is known, repeated requests included.
///
/// Thread-safe; never blocks and never throws. A tariff is the provider's name, or name and plan:
/// `assemblyai`, `google-nmt`, `polly-neural`. An engine of our own tells it too, by its name.
public interface Usage {
    /// For sound and text that belong to no call.
    Usage UNMETERED =
            new Usage() {
                @Override
                public void listened(String tariff, Duration time) {}

                @Override
                public void translated(String tariff, int characters) {}

                @Override
                public void spoken(String tariff, int characters) {}
            };

    /// Recognition ran for `time` more. What is billed by open time is reported as that time goes by, at
    /// least every ten seconds, and the rest when the recognition is closed or lost: a cap acts on
    /// what was reported, and a call may be long.
    void listened(String tariff, Duration time);

    /// `characters` of text were translated.
    void translated(String tariff, int characters);

    /// `characters` of text were spoken.
    void spoken(String tariff, int characters);

    /// A language model has read `tokens`.
    default void read(String tariff, long tokens) {}

    /// A language model has written `tokens`.
    default void written(String tariff, long tokens) {}
}
