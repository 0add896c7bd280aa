package io.sandalphone.call;

import io.sandalphone.routing.Limits;

/// What became of a [CallRequest]: a call that begins to ring, or a refusal.
public sealed interface Placement {
    /// The call exists and the first phone is about to be rung.
    record Placed(String callId) implements Placement {}

    record Refused(Reason reason) implements Placement {}

    /// Why nothing was dialled.
    enum Reason {
        /// One of the numbers may not be dialled, see [Limits#destinations()].
        DESTINATION_NOT_ALLOWED,
        /// One of the numbers is an emergency number of its country.
        EMERGENCY_NUMBER,
        /// As many calls as [Limits#maxConcurrentCalls()] live already.
        LIMIT_REACHED,
        /// One of the numbers has used up its day, see [Limits#daily()].
        DAILY_LIMIT_REACHED,
        /// The carrier cannot be reached just now.
        NOT_CONNECTED,
        /// The controller is about to stop and takes no more calls.
        DRAINING
    }
}
