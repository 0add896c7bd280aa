package io.sandalphone.harness.fakes;

import java.util.Optional;

/// Where a fake listens on loopback, and whether by TLS.
///
/// @param port 0 takes any free one
public record FakeOptions(int port, Optional<FakeTls> tls) {
    /// Any free port, without TLS.
    public static final FakeOptions PLAIN = new FakeOptions(0, Optional.empty());

    /// Any free port, by TLS.
    public static FakeOptions secured(FakeTls tls) {
        return new FakeOptions(0, Optional.of(tls));
    }

    public FakeOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    /// The same on `port`.
    public FakeOptions onPort(int port) {
        return new FakeOptions(port, tls);
    }
}
