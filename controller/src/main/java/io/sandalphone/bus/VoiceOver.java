package io.sandalphone.bus;

import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.LegAudio;

import org.jspecify.annotations.Nullable;

/// Speaks to one listener over the other party's voice: that voice sinks when our sound starts and
/// rises when the last of it has been heard, which
/// [LegAudio#restore] sees to. Runs on the call's loop.
public final class VoiceOver {
    /// Hears when a phrase starts and ends to sound.
    public interface Listener {
        void started(Phrase phrase);

        void ended(Phrase phrase);

        /// The next 20 ms were handed over, of a phrase or of the pause between two.
        void spoken(AudioFrame frame);
    }

    private final LegAudio listenerLeg;
    private final LegAudio speakerLeg;
    private final Listener listener;
    private final SpeechTrack track;
    private boolean ducked;

    /// Speaks into `listenerLeg` and sinks `speakerLeg` meanwhile.
    public VoiceOver(LegAudio listenerLeg, LegAudio speakerLeg, Listener listener) {
        this.listenerLeg = listenerLeg;
        this.speakerLeg = speakerLeg;
        this.listener = listener;
        track =
                new SpeechTrack(
                        new SpeechTrack.Listener() {
                            @Override
                            public void started(Phrase phrase) {
                                sink();
                                listener.started(phrase);
                            }

                            @Override
                            public void ended(Phrase phrase) {
                                listener.ended(phrase);
                                riseUnlessMoreFollows();
                            }

                            @Override
                            public void ready() {
                                speak();
                            }
                        });
    }

    /// The phrases to come.
    public SpeechTrack track() {
        return track;
    }

    /// Drops what has not been said and brings the voice back. More may be said later.
    public void silence() {
        track.clear();
        rise();
    }

    private void speak() {
        listenerLeg.speak(this::poll, this::rise);
    }

    private @Nullable AudioFrame poll() {
        AudioFrame frame = track.poll();
        if (frame != null) {
            listener.spoken(frame);
        }
        return frame;
    }

    /// Where more is to come the voice rises when the line has run dry, if it does.
    private void riseUnlessMoreFollows() {
        if (track.waiting() == 0) {
            rise();
        }
    }

    private void sink() {
        if (!ducked) {
            ducked = true;
            speakerLeg.duck();
        }
    }

    private void rise() {
        if (ducked) {
            ducked = false;
            speakerLeg.restore();
        }
    }
}
