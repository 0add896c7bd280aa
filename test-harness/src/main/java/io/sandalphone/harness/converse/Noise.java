package io.sandalphone.harness.converse;

/// Sounds of callers that are no words.
public enum Noise {
    COUGH,
    SNEEZE,
    LAUGH,
    BREATH,
    /// A back-channel: the caller listens.
    MM_HM,
    /// A door, a dog, a dropped cup: something beside the caller.
    KNOCK
}
