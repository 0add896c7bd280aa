package io.sandalphone.harness.calls;

/// When a fault strikes, as one call sees it.
enum FaultTiming {
    /// The call is set up while it lasts.
    BEFORE,
    /// The caller is in the middle of an utterance, while the translation of the one before is heard.
    DURING,
    /// Something was translated before, and nobody speaks.
    BETWEEN
}
