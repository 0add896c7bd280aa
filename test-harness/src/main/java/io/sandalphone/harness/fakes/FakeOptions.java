package io.sandalphone.harness.fakes;

import java.util.Optional;

/// Where a fake listens on loopback, whether by TLS, and who wants to know what happens there when.
///
/// @param port 0 takes any free one
public record FakeOptions(int port, Optional<FakeTls> tls, Trace trace) {
    /// Any free port, without TLS.
    public static final FakeOptions PLAIN = new FakeOptions(0, Optional.empty(), Trace.NONE);

    /// Any free port, by TLS.
    public static FakeOptions secured(FakeTls tls) {
        return new FakeOptions(0, Optional.of(tls), Trace.NONE);
    }

    public FakeOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a port: " + port);
        }
    }

    /// The same on `port`.
    public FakeOptions onPort(int port) {
        return new FakeOptions(port, tls, trace);
    }

    /// The same with what happens noted in `trace`.
    public FakeOptions traced(Trace trace) {
        return new FakeOptions(port, tls, trace);
    }
}
