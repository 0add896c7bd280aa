package io.sandalphone.telephony;

import java.util.List;

/// A call that has just arrived at a carrier. The caller hears ringing, or nothing yet; `connection`
/// has no listener yet. `called` is as the carrier wrote it; `caller` has no number when it is withheld.
/// `forwardedBy` are the numbers that forwarded the call before it came here, as far as the carrier
/// says so.
public record Arrival(
        String callId,
        String called,
        CallerId caller,
        List<String> forwardedBy,
        CallConnection connection) {
    public Arrival {
        forwardedBy = List.copyOf(forwardedBy);
    }
}
