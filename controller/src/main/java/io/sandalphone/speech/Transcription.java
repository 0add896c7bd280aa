package io.sandalphone.speech;

import io.sandalphone.media.AudioFrame;

/// One speaker being listened to. Called on the loop of the call; no method blocks.
public interface Transcription extends AutoCloseable {
    /// The speaker's next 20 ms, at 8 kHz. Frames of one utterance follow each other without gaps;
    /// silence between utterances is left out.
    void hear(AudioFrame frame);

    /// The voice detector heard the utterance end at `position` (samples on the frames' clock).
    /// A recognizer that finds ends by itself may ignore it; one that does not answers with
    /// [TranscriptEvent.Final], or with [TranscriptEvent.Nothing] when there were no words.
    void utteranceEnded(long position);

    /// Stops listening. What was heard and not yet answered is dropped; the listener is not called
    /// any more.
    @Override
    void close();
}
