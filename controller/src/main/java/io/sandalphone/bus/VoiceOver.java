package io.sandalphone.bus;

import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.telephony.LegAudio;

/// Speaks to one listener over the other party's voice: that voice sinks when our sound starts and
/// rises when the last of it has been heard. Runs on the call's loop.
public final class VoiceOver implements AutoCloseable {
    /// Hears when a phrase starts and ends to sound.
    public interface Listener {
        void started(Phrase phrase);

        void ended(Phrase phrase);
    }

    private final LegAudio listenerLeg;
    private final LegAudio speakerLeg;
    private final SpeechTrack track;
    private boolean ducked;

    /// Speaks into `listenerLeg` and sinks `speakerLeg` meanwhile.
    public VoiceOver(LegAudio listenerLeg, LegAudio speakerLeg, Listener listener) {
        this.listenerLeg = listenerLeg;
        this.speakerLeg = speakerLeg;
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

    /// Drops what has not been said and brings the voice back.
    @Override
    public void close() {
        track.clear();
        rise();
    }

    private void speak() {
        listenerLeg.speak(track, this::rise);
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
