package io.sandalphone.harness.carrier;

import java.util.Locale;

/// Where a call stands, by the names that Twilio and TeXML have for it.
public enum CallStatus {
    QUEUED,
    INITIATED,
    RINGING,
    IN_PROGRESS,
    COMPLETED,
    BUSY,
    NO_ANSWER,
    FAILED,
    CANCELED;

    /// As it is written in parameters and JSON: `in-progress`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Whether the call is over.
    public boolean ended() {
        return compareTo(COMPLETED) >= 0;
    }

    /// Whether the call has been neither answered nor ended.
    public boolean pending() {
        return compareTo(IN_PROGRESS) < 0;
    }
}
