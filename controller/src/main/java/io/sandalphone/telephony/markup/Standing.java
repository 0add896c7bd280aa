package io.sandalphone.telephony.markup;

/// How it stands with a call, as its carrier says when it is asked.
public sealed interface Standing {
    /// Its party is connected.
    record Connected() implements Standing {}

    /// It is over, or there is none.
    record Over() implements Standing {}

    /// The carrier did not say, for `why`, a short fixed word for log and metric: `rate-limited`, `unreachable`, `credentials`,
    /// `refused`, or `state` where the call does something that a connected one does not.
    record Unsaid(String why) implements Standing {
        /// Whether the answer may be another one a moment later.
        boolean passes() {
            return why.equals(RATE_LIMITED) || why.equals(UNREACHABLE);
        }
    }

    /// Why a carrier does not answer for the moment: it is asked too much.
    String RATE_LIMITED = "rate-limited";

    /// Why a carrier does not answer for the moment: it is not there.
    String UNREACHABLE = "unreachable";
}
