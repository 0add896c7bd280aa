package io.sandalphone.harness.vendors;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Constants as they stand in paths and messages: `rate-limited`.
final class Names {
    private Names() {}

    static String of(Enum<?> constant) {
        return of(constant.name());
    }

    static String of(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Several, in their order.
    static String of(Enum<?>[] constants) {
        return Arrays.stream(constants).sorted().map(Names::of).collect(Collectors.joining(", "));
    }
}
