package io.sandalphone.bus;

import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// Speaks to one listener over the other party's voice: that voice sinks when our sound starts and
/// rises when the last of it has been heard. Runs on the call's loop.
public final class VoiceOver {
    /// When the voice begins to rise, after the last frame was handed over. That frame has three
    /// before it still to be played, and a level takes about two to be heard through the bridge: so
    /// the voice is back when the translation ends, not a tenth of a second later.
    private static final Duration RISE_AFTER = Duration.ofMillis(20);

    /// Hears when a phrase starts and ends to sound.
    public interface Listener {
        void started(Phrase phrase);

        void ended(Phrase phrase);

        /// The next 20 ms were handed over, of a phrase or of the pause between two.
        void spoken(AudioFrame frame);
    }

    private final Loop loop;
    private final LegAudio listenerLeg;
    private final LegAudio speakerLeg;
    private final Listener listener;
    private final SpeechTrack track;
    private boolean ducked;
    private Loop.Timer rising = () -> {};

    /// Speaks into `listenerLeg` and sinks `speakerLeg` meanwhile.
    public VoiceOver(Loop loop, LegAudio listenerLeg, LegAudio speakerLeg, Listener listener) {
        this.loop = loop;
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
                                riseSoon();
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

    /// Drops what has not been said and brings the voice back, at once. More may be said later.
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

    /// Unless more is to come; then the voice rises when the line has run dry, if it does.
    private void riseSoon() {
        if (ducked && track.waiting() == 0) {
            rising = loop.schedule(RISE_AFTER, this::rise);
        }
    }

    private void sink() {
        rising.cancel();
        if (!ducked) {
            ducked = true;
            speakerLeg.duck();
        }
    }

    private void rise() {
        rising.cancel();
        if (ducked) {
            ducked = false;
            speakerLeg.restore();
        }
    }
}
