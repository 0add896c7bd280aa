package io.sandalphone.speech.segment;

import io.sandalphone.media.AudioFrame;

/// Finds the utterances in one speaker's frames from what a voice detector says of each. Counts
/// frames and positions; knows no clock and no thread.
///
/// A gap in the positions is silence: between utterances it forgets what was heard before, within
/// one it may end it.
public final class UtteranceDetector {
    private final int onset;
    private final long onsetWindow;
    private final int preRoll;
    private final int hangover;
    private final int breath;
    private final int comfortable;
    private final int longest;
    private final UtteranceMeters meters;
    private final UtteranceListener listener;

    /// How many frames have been heard in a row since the last utterance, at most `preRoll`.
    private int recent;

    /// The verdicts on the last frames, newest in the lowest bit.
    private long voiced;

    private boolean speaking;
    private int length;
    private int silence;
    private long speechEnd;
    private long next;

    public UtteranceDetector(
            UtteranceSettings settings, UtteranceMeters meters, UtteranceListener listener) {
        onset = UtteranceSettings.frames(settings.onset());
        onsetWindow = -1L >>> (Long.SIZE - UtteranceSettings.frames(settings.onsetWindow()));
        preRoll = UtteranceSettings.frames(settings.preRoll());
        hangover = UtteranceSettings.frames(settings.hangover());
        breath = UtteranceSettings.frames(settings.breath());
        comfortable = UtteranceSettings.frames(settings.comfortable());
        longest = UtteranceSettings.frames(settings.longest());
        this.meters = meters;
        this.listener = listener;
    }

    /// The speaker's next frame, and whether it holds speech. Positions never go back. What is found
    /// out by this frame is told before the method returns.
    public void accept(AudioFrame frame, boolean speech) {
        while (speaking && next + frame.pcm().length <= frame.position()) {
            continueUtterance(next + frame.pcm().length, false);
        }
        if (!speaking && next + frame.pcm().length <= frame.position()) {
            forget();
        }
        if (speaking && length >= longest) {
            meters.capped().increment();
            end();
        }
        if (speaking) {
            continueUtterance(frame.end(), speech);
        } else {
            listenForOnset(frame, speech);
        }
    }

    /// No more frames will come: ends the utterance that is going on, if any.
    public void finish() {
        if (speaking) {
            end();
        }
        forget();
    }

    private void listenForOnset(AudioFrame frame, boolean speech) {
        next = frame.end();
        recent = Math.min(recent + 1, preRoll);
        long before = voiced;
        voiced = (voiced << 1 | (speech ? 1 : 0)) & onsetWindow;
        if (Long.bitCount(voiced) >= onset) {
            start(frame.pcm().length);
        } else if (voiced == 0 && before != 0) {
            meters.clicks().increment();
        }
    }

    private void start(int frameLength) {
        speaking = true;
        length = recent;
        silence = 0;
        speechEnd = next;
        meters.started().increment();
        listener.started(next - (long) recent * frameLength);
        recent = 0;
        voiced = 0;
    }

    private void continueUtterance(long end, boolean speech) {
        next = end;
        length++;
        if (speech) {
            silence = 0;
            speechEnd = next;
        } else {
            silence++;
        }
        if (silence >= (length > comfortable ? breath : hangover)) {
            end();
        }
    }

    private void end() {
        speaking = false;
        listener.ended(speechEnd);
    }

    private void forget() {
        if (voiced != 0) {
            meters.clicks().increment();
        }
        recent = 0;
        voiced = 0;
    }
}
