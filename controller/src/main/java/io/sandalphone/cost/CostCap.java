package io.sandalphone.cost;

import java.util.Locale;

/// A limit on what may be spent. Once it is reached people talk on untranslated.
public enum CostCap {
    /// Of one call.
    PER_CALL,
    /// Of all calls of a calendar day.
    PER_DAY;

    /// As written in logs and the live view: `per-call`.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
