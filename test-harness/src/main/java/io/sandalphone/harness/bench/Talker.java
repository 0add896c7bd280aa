package io.sandalphone.harness.bench;

/// One phone of a [Conversation].
interface Talker {
    /// Says 8 kHz PCM behind what it has still to say.
    void say(short[] pcm);

    /// All it has heard so far, as 8 kHz PCM.
    short[] heard();

    /// Whether its call goes on.
    boolean isUp();
}
