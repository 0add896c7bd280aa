package io.sandalphone.telephony;

import java.util.List;
import java.util.Optional;

/// A call that has just arrived at a carrier. The caller hears ringing, or nothing yet; `connector`
/// makes its connection once it is known where the call goes. `called` is as the carrier wrote it;
/// `caller` has no number when it is withheld. `forwardedBy` are the numbers that forwarded the call
/// before it came here, as far as the carrier says so. `language` is what the caller speaks (a BCP 47 tag), where the way by which
/// the call came says so; else their route does.
public record Arrival(
        String callId,
        String called,
        CallerId caller,
        List<String> forwardedBy,
        Optional<String> language,
        Connector connector) {
    public Arrival {
        forwardedBy = List.copyOf(forwardedBy);
    }

    /// One of whose caller's language only the route knows.
    public Arrival(
            String callId,
            String called,
            CallerId caller,
            List<String> forwardedBy,
            Connector connector) {
        this(callId, called, caller, forwardedBy, Optional.empty(), connector);
    }

    /// The call's connection, see [Connector#connect].
    public CallConnection connect(Optional<String> via) {
        return connector.connect(via);
    }
}
