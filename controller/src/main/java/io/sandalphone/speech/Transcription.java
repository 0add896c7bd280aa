package io.sandalphone.speech;

import io.sandalphone.media.AudioFrame;

/// One speaker being listened to. Called on the loop of the call; no method blocks.
public interface Transcription extends AutoCloseable {
    /// The speaker's next 20 ms, at 8 kHz, whether there is speech in it or not. Positions never go
    /// back; where they leave a gap, nothing was received.
    void hear(AudioFrame frame);

    /// The voice detector found that speech began at `position` (samples on the frames' clock): at
    /// most [#PRE_ROLL_FRAMES] before the frame that is heard next.
    void utteranceStarted(long position);

    /// The voice detector found that it ended at `position`, before the frame that is heard next.
    /// A recognizer that finds ends by itself may ignore it; one that does not answers with
    /// [TranscriptEvent.Final], or with [TranscriptEvent.Nothing] when there were no words.
    void utteranceEnded(long position);

    /// The voice detector has heard nobody since `position`, the end of the speech so far, for long enough that the
    /// utterance may turn out to be complete. Told once in each such pause; whoever goes on to speak calls it off.
    /// A recognizer that takes time for its last words may begin with them; nothing is to be answered.
    default void utterancePaused(long position) {}

    /// Stops listening. What was heard and not yet answered is dropped; the listener is not called
    /// any more.
    @Override
    void close();

    /// After how many frames in which nobody speaks an utterance may turn out to be complete: 120 ms. Within a word
    /// it is seldom longer, and recognizers cut last words short with less behind them.
    int PAUSE_FRAMES = 6;

    /// How many frames back an utterance may begin when it is found out: 0.64 s.
    int PRE_ROLL_FRAMES = 32;
}
