package io.sandalphone.telephony;

import java.util.List;
import java.util.Optional;

/// A call that has just arrived at a carrier. The caller hears ringing, or nothing yet; `connector`
/// makes its connection once it is known where the call goes. `called` is as the carrier wrote it;
/// `caller` has no number when it is withheld. `forwardedBy` are the numbers that forwarded the call
/// before it came here, as far as the carrier says so.
public record Arrival(
        String callId,
        String called,
        CallerId caller,
        List<String> forwardedBy,
        Connector connector) {
    public Arrival {
        forwardedBy = List.copyOf(forwardedBy);
    }

    /// The call's connection, see [Connector#connect].
    public CallConnection connect(Optional<String> via) {
        return connector.connect(via);
    }
}
