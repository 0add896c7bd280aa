package io.sandalphone.harness.attack;

import java.util.List;
import java.util.Map;

/// Which tests show that an item holds, where it happens inside the process.
final class NamedTestList {
    private static final Map<Integer, List<String>> TESTS = Map.of();

    private NamedTestList() {}

    /// `class#method`, with the class's whole name.
    static List<String> of(int number) {
        return TESTS.getOrDefault(number, List.of());
    }
}
