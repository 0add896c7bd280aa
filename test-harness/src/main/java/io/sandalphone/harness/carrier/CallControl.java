package io.sandalphone.harness.carrier;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a REST API does with its carrier's calls. For the carrier's loop alone.
public interface CallControl {
    /// Makes a call; its dialling begins after `delay`.
    SimulatedCall make(CallOrder order, Duration delay);

    /// The call of that id.
    Optional<SimulatedCall> find(String id);

    /// The numbers of the account.
    List<IncomingNumber> numbers();

    /// Ends `call` with `status`.
    void end(SimulatedCall call, CallStatus status);

    /// `call`, which is connected, goes on with the document `xml`.
    void redirect(SimulatedCall call, String xml);

    /// `call`, which is connected, goes on with the document at `url`.
    void redirect(SimulatedCall call, String url, String method);
}
