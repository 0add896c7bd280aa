package io.sandalphone.harness.fakes;

import java.net.URI;
import java.util.Set;

/// A stand-in for a vendor's service, on loopback, speaking its real wire protocol.
///
/// Thread-safe.
public interface Fake extends AutoCloseable {
    /// Where it answers: scheme, host and port, without a path.
    URI address();

    /// The faults it can do.
    Set<Fault> faults();

    /// From now on `fault` happens to whatever comes and, as far as the fault is of that kind, to
    /// what is under way. Replaces the fault before. Throws `IllegalArgumentException` when it is
    /// none of [#faults].
    void inject(Fault fault);

    /// From now on all is well.
    void recover();

    /// Ends every connection and gives the port back.
    @Override
    void close();
}
