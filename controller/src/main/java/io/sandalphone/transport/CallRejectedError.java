package io.sandalphone.transport;

import java.io.Serial;

/// Thrown by [OnSession]: the call is refused. While it still rings it is never answered and costs nobody anything; later it
/// is hung up.
public final class CallRejectedError extends SipTransportError {
    @Serial private static final long serialVersionUID = 1;

    private final Reason reason;

    /// What the caller is told.
    public enum Reason {
        /// They are refused.
        REJECTED,
        /// The line is busy.
        BUSY
    }

    /// The caller is told that they are refused. `message` is for the one who catches it.
    public CallRejectedError(String message) {
        this(message, Reason.REJECTED);
    }

    public CallRejectedError(String message, Reason reason) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
