package io.sandalphone.telephony.markup;

/// Puts the reports of one call into order, which come in any (`SequenceNumber` counts them from 0): one
/// that is older than what is known tells nothing new, and nothing follows a terminal one.
final class StatusOrder {
    private long latest = -1;
    private boolean over;

    /// Whether a report is news. `sequence` is negative where the report has no number; it is taken as it
    /// comes then.
    boolean isNews(CallStatus status, long sequence) {
        boolean old = sequence >= 0 && sequence <= latest;
        // The end is the end, whatever its number.
        if (over || (old && !status.isTerminal())) {
            return false;
        }
        latest = Math.max(latest, sequence);
        over = status.isTerminal();
        return true;
    }
}
