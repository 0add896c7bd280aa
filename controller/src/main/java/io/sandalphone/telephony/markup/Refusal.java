package io.sandalphone.telephony.markup;

import java.util.Locale;

/// Why a carrier's request is not believed, or not understood.
public enum Refusal {
    /// It bears no signature.
    SIGNATURE_MISSING,
    /// Its signature does not fit.
    SIGNATURE_WRONG,
    /// Its signature fits, and was made too long ago or for a time that is yet to come.
    SIGNATURE_STALE,
    /// Its signature fits, and was shown before, or the call that it announces is over.
    SIGNATURE_REPLAYED,
    /// It is of another account's call.
    FOREIGN_ACCOUNT,
    /// Something is missing that every such request has, or is not encoded as it should be.
    MALFORMED;

    /// As written in logs and metrics: `signature_wrong`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
