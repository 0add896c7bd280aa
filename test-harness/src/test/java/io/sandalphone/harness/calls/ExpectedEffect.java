package io.sandalphone.harness.calls;

/// What becomes of what is said while a fault lasts.
enum ExpectedEffect {
    /// Translation is reported lost, and reported back afterwards.
    LOST,
    /// Nobody notices.
    ABSORBED,
    /// The utterance is not translated, rightly, and nothing is lost.
    LEFT
}
