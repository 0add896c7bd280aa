package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.HangupCause;

import java.util.Optional;

/// What came of one request to a carrier.
public sealed interface RestAnswer {
    /// The carrier did it. `callId` is the call's, where it was said.
    record Done(Optional<String> callId) implements RestAnswer {}

    /// The carrier did not, and never will of this request. `status` is HTTP's, `code` the carrier's own word
    /// for why, empty where it said none; `cause` is why a call that could not begin for it has ended.
    record Refused(int status, String code, Reason reason, HangupCause cause)
            implements RestAnswer {}

    /// Nothing was sent: no connection came about.
    record Unsent(String why) implements RestAnswer {}

    /// It was sent, and whether the carrier did it is not known.
    record Unknown(String why) implements RestAnswer {}

    /// Whether the carrier said anything that shows what it did.
    default boolean isAnswer() {
        return switch (this) {
            case Done _, Refused _ -> true;
            case Unsent _, Unknown _ -> false;
        };
    }

    /// What a refusal means for the one who asked.
    enum Reason {
        /// There is no such call, or it is over.
        GONE,
        /// The call is not in a state in which it could be changed so: it is over, or not yet there.
        OTHER_STATE,
        /// The account makes too many requests just now.
        TOO_MANY,
        /// Our credentials are not accepted.
        CREDENTIALS,
        /// Anything else.
        OTHER
    }
}
