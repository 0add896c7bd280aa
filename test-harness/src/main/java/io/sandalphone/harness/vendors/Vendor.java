package io.sandalphone.harness.vendors;

import java.util.Arrays;
import java.util.Locale;

/// The services there are fakes of. In paths and settings: in lower case, as the engine is named.
public enum Vendor {
    ASSEMBLYAI(1),
    GOOGLE(2),
    POLLY(3);

    private final int place;

    Vendor(int place) {
        this.place = place;
    }

    /// Its port, counted from the one at which the faults of the fakes are set.
    int port(int first) {
        return first + place;
    }

    /// The name of the engine that speaks with it.
    public String engine() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one of this name. Throws `IllegalArgumentException` naming those there are.
    static Vendor of(String engine) {
        return Arrays.stream(values())
                .filter(vendor -> vendor.engine().equals(engine))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no vendor %s; there are %s"
                                                .formatted(engine, Names.of(values()))));
    }
}
