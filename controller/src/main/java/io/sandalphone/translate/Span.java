package io.sandalphone.translate;

/// What the time of one utterance is spent on, from the speaker's first sample until the last of its translation was sent. Each
/// span begins where the one before it ended, so that they add up to all of it.
public enum Span {
    /// The speaker speaks.
    SPEAKING,
    /// Until what they said is committed: the recognizer, and whatever the commit waits for.
    RECOGNITION,
    /// Until its translation is there; nothing where that was begun ahead and was there.
    TRANSLATION,
    /// Until the first of its sound is there; likewise.
    SYNTHESIS,
    /// Until the first of it is sent: what is spoken before it, and the next tick.
    WAITING,
    /// Until the carrier says that the first of it has been played; nothing where it does not say so.
    PLAYOUT,
    /// Until the last of it was sent.
    SOUNDING
}
