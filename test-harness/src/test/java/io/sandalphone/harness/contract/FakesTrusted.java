package io.sandalphone.harness.contract;

import io.sandalphone.harness.fakes.FakeTls;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// While it lasts, clients that are made in this JVM believe the fakes' certificate and no other, as if
/// the JVM had been started with [FakeTls#trustingOptions]: they read these properties when they are
/// made. Tests that talk to anybody else must not run meanwhile.
final class FakesTrusted implements AutoCloseable {
    private final Map<String, @Nullable String> before = new HashMap<>();

    FakesTrusted(FakeTls tls) {
        tls.trustingProperties()
                .forEach((key, value) -> before.put(key, System.setProperty(key, value)));
    }

    @Override
    public void close() {
        before.forEach(
                (key, value) -> {
                    if (value == null) {
                        System.clearProperty(key);
                    } else {
                        System.setProperty(key, value);
                    }
                });
    }
}
