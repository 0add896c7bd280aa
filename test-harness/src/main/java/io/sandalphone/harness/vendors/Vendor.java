package io.sandalphone.harness.vendors;

import java.util.Locale;

/// The services there are fakes of. In paths and settings: in lower case, as the engine is named.
public enum Vendor {
    ASSEMBLYAI,
    GOOGLE,
    POLLY;

    /// The name of the engine that speaks with it.
    public String engine() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Vendor of(String engine) {
        return valueOf(engine.toUpperCase(Locale.ROOT));
    }
}
