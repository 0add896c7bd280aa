package io.sandalphone.speech.segment;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.speech.Transcription;
import io.sandalphone.speech.UtteranceRecognizer;

import java.util.ArrayDeque;

/// Listens to one speaker for a recognizer that wants utterances and no silence between them. Keeps
/// what was heard just before, for when an utterance turns out to have begun there.
///
/// Runs on the call's loop.
public final class UtterancesOnly implements Transcription {
    private final UtteranceRecognizer recognizer;
    private final ArrayDeque<AudioFrame> recent = new ArrayDeque<>();
    private boolean speaking;
    private long next;

    public UtterancesOnly(UtteranceRecognizer recognizer) {
        this.recognizer = recognizer;
    }

    @Override
    public void hear(AudioFrame frame) {
        if (speaking) {
            pass(frame);
        } else {
            recent.addLast(frame);
            if (recent.size() > PRE_ROLL_FRAMES) {
                recent.removeFirst();
            }
        }
    }

    @Override
    public void utteranceStarted(long position) {
        speaking = true;
        next = position;
        while (!recent.isEmpty()) {
            AudioFrame frame = recent.removeFirst();
            if (frame.position() >= position) {
                pass(frame);
            }
        }
    }

    @Override
    public void utterancePaused(long position) {
        recognizer.utterancePaused(position);
    }

    @Override
    public void utteranceEnded(long position) {
        speaking = false;
        recognizer.utteranceEnded(position);
    }

    @Override
    public void close() {
        recognizer.close();
    }

    private void pass(AudioFrame frame) {
        while (next + frame.pcm().length <= frame.position()) {
            give(new AudioFrame(new short[frame.pcm().length], frame.rate(), next));
        }
        give(frame);
    }

    private void give(AudioFrame frame) {
        next = frame.end();
        recognizer.hear(frame);
    }
}
