package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.SipAddress;

import java.util.Optional;

/// Where somebody at another carrier of ours can be called by SIP once we are gone: as the user that their
/// call's room is named. Thread-safe.
@FunctionalInterface
public interface WaysBack {
    /// No way to anybody.
    WaysBack NONE = _ -> Optional.empty();

    /// The way to whoever is at `carrier`.
    Optional<SipAddress> to(String carrier);
}
