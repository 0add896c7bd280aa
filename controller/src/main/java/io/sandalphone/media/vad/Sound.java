package io.sandalphone.media.vad;

/// What 20 ms of a speaker's line hold.
public enum Sound {
    /// Nothing that is anybody's voice: silence, or noise.
    SILENCE,
    /// Speech.
    SPEECH,
    /// Speech, or the beginning of something that only sounds like it: the next frames tell.
    DOUBTFUL,
    /// A tone, a beep or data of the telephone network or of a machine.
    SIGNAL,
    /// Music without a voice in it.
    MUSIC;

    /// Whether it may be somebody who speaks.
    public boolean voiced() {
        return this == SPEECH || this == DOUBTFUL;
    }

    /// Whether it is a sound that nobody speaks.
    public boolean foreign() {
        return this == SIGNAL || this == MUSIC;
    }
}
