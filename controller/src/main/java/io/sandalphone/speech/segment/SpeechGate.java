package io.sandalphone.speech.segment;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.vad.Sound;
import io.sandalphone.speech.Transcription;

import java.util.ArrayDeque;
import java.util.Deque;

/// Keeps from an engine what nobody says: tones, data and music become silence.
///
/// Mostly it passes every frame on at once. Beside such a sound it holds them back, for as long as an
/// utterance may turn out to have begun in them ([Transcription#PRE_ROLL_FRAMES]); those that no utterance
/// claims come out as silence, later. Within an utterance everything passes as it is.
///
/// Holds no thread and reads no clock.
public final class SpeechGate {
    private final FrameSink out;
    private final Deque<AudioFrame> held = new ArrayDeque<>();
    private int closedFor;
    private boolean speaking;

    /// Frames go on to `out`, in their order.
    public SpeechGate(FrameSink out) {
        this.out = out;
    }

    /// The next frame, after the utterance detector heard it.
    public void accept(AudioFrame frame, Sound sound) {
        if (speaking) {
            out.accept(frame);
            return;
        }
        boolean suspicious = sound.foreign() || sound == Sound.DOUBTFUL;
        closedFor = suspicious ? Transcription.PRE_ROLL_FRAMES : Math.max(0, closedFor - 1);
        if (closedFor == 0) {
            release();
            out.accept(frame);
            return;
        }
        held.addLast(frame);
        if (held.size() > Transcription.PRE_ROLL_FRAMES) {
            out.accept(silence(held.removeFirst()));
        }
    }

    /// An utterance began at `position`: what was held from there on passes, once `announced` was run.
    public void started(long position, Runnable announced) {
        while (!held.isEmpty() && held.getFirst().position() < position) {
            out.accept(silence(held.removeFirst()));
        }
        announced.run();
        while (!held.isEmpty()) {
            out.accept(held.removeFirst());
        }
        speaking = true;
        closedFor = 0;
    }

    /// The utterance is over.
    public void ended() {
        speaking = false;
    }

    private void release() {
        while (!held.isEmpty()) {
            out.accept(silence(held.removeFirst()));
        }
    }

    private static AudioFrame silence(AudioFrame frame) {
        return new AudioFrame(new short[frame.pcm().length], frame.rate(), frame.position());
    }
}
