package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.HangupCause;

import java.util.Optional;

/// What a carrier says a call is doing.
enum CallStatus {
    QUEUED,
    INITIATED,
    RINGING,
    IN_PROGRESS,
    COMPLETED,
    BUSY,
    NO_ANSWER,
    CANCELED,
    FAILED;

    /// As carriers write it: `in-progress`. Empty for what none wrote until now.
    static Optional<CallStatus> of(String written) {
        return switch (written) {
            case "queued" -> Optional.of(QUEUED);
            case "initiated" -> Optional.of(INITIATED);
            case "ringing" -> Optional.of(RINGING);
            case "in-progress", "answered" -> Optional.of(IN_PROGRESS);
            case "completed" -> Optional.of(COMPLETED);
            case "busy" -> Optional.of(BUSY);
            case "no-answer" -> Optional.of(NO_ANSWER);
            case "canceled" -> Optional.of(CANCELED);
            case "failed" -> Optional.of(FAILED);
            default -> Optional.empty();
        };
    }

    /// Whether nothing follows.
    boolean isTerminal() {
        return switch (this) {
            case COMPLETED, BUSY, NO_ANSWER, CANCELED, FAILED -> true;
            case QUEUED, INITIATED, RINGING, IN_PROGRESS -> false;
        };
    }

    /// Why the leg ended, of a status that is terminal. `sipStatus` is what the far end answered, or 0.
    HangupCause cause(int sipStatus) {
        return switch (this) {
            case BUSY -> sipStatus == 603 ? HangupCause.REJECTED : HangupCause.BUSY;
            case NO_ANSWER -> HangupCause.NO_ANSWER;
            case FAILED ->
                    switch (sipStatus) {
                        case 404, 410, 484, 604 -> HangupCause.UNALLOCATED;
                        case 401, 403, 407, 603, 607, 608 -> HangupCause.REJECTED;
                        case 408, 480, 487 -> HangupCause.NO_ANSWER;
                        case 486, 600 -> HangupCause.BUSY;
                        case 503, 0 -> HangupCause.CONGESTION;
                        default -> HangupCause.FAILURE;
                    };
            case QUEUED, INITIATED, RINGING, IN_PROGRESS, COMPLETED, CANCELED -> HangupCause.NORMAL;
        };
    }
}
