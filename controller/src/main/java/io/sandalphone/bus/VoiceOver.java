package io.sandalphone.bus;

import io.sandalphone.bus.SpeechTrack.Phrase;
import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.SpeechLevel;
import io.sandalphone.telephony.LegAudio;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// Speaks to one listener over the other party's voice: that voice sinks when our sound starts and
/// rises when the last of it has been heard, which [LegAudio#restore] sees to. Where more is to come, or may be, it stays low
/// meanwhile, for as long as a breath takes (the hold), so that it does not pump between two phrases. Runs on the
/// call's loop.
public final class VoiceOver {
    /// Hears when a phrase starts and ends to sound.
    public interface Listener {
        void started(Phrase phrase);

        void ended(Phrase phrase);

        /// The next 20 ms were handed over, of a phrase or of the pause between two.
        void spoken(AudioFrame frame);

        /// Whether a phrase may be reserved within a breath: the speaker has just paused, and nobody hears less of them where
        /// their voice stays low.
        default boolean expectsMore() {
            return false;
        }
    }

    private final LegAudio listenerLeg;
    private final LegAudio speakerLeg;
    private final Loop loop;
    private final Duration hold;
    private final double depth;
    private final LoudnessMatch loudness;
    private final Listener listener;
    private final SpeechTrack track;
    private boolean ducked;
    private boolean passes;
    private Loop.Timer holding = () -> {};

    /// Speaks into `listenerLeg` and sinks `speakerLeg` meanwhile, whose party's voice is as loud as `level` says.
    public VoiceOver(
            LegAudio listenerLeg,
            LegAudio speakerLeg,
            Loop loop,
            VoiceOverSettings settings,
            SpeechLevel level,
            Listener listener) {
        this.loop = loop;
        hold = settings.hold();
        depth = settings.depth();
        loudness = new LoudnessMatch(level, settings.match());
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
                                riseUnlessMoreFollows(phrase);
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

    /// Something is left out behind what sounds: the other voice is heard there for a moment, at its full level.
    public void letVoicePass() {
        if (ducked) {
            passes = true;
            track.leaveGap();
        }
    }

    /// What is spoken from now on is `decibels` louder than the voice that it translates, or softer.
    public void balance(double decibels) {
        loudness.balance(decibels);
    }

    /// Drops what has not been said and brings the voice back. More may be said later.
    public void silence() {
        track.clear();
        rise();
    }

    private void speak() {
        holding.cancel();
        listenerLeg.speak(this::poll, this::ranOut);
    }

    private @Nullable AudioFrame poll() {
        AudioFrame next = track.poll();
        if (next == null) {
            return null;
        }
        AudioFrame frame = loudness.apply(next);
        listener.spoken(frame);
        return frame;
    }

    /// Where more is to come the voice stays low: until the sound has run out, if it does.
    private void riseUnlessMoreFollows(Phrase ended) {
        if (passes && ended.completed()) {
            rise();
        } else if (track.waiting() == 0) {
            riseUnlessMoreIsExpected();
        }
    }

    private void riseUnlessMoreIsExpected() {
        if (ducked && listener.expectsMore()) {
            hold();
        } else {
            rise();
        }
    }

    private void hold() {
        holding.cancel();
        holding = loop.schedule(hold, this::riseUnlessMoreIsExpected);
    }

    private void ranOut() {
        track.heard();
        if (track.waiting() == 0) {
            riseUnlessMoreIsExpected();
        } else {
            hold();
        }
    }

    private void sink() {
        holding.cancel();
        passes = false;
        if (!ducked) {
            ducked = true;
            speakerLeg.duck(depth);
        }
    }

    private void rise() {
        holding.cancel();
        passes = false;
        if (ducked) {
            ducked = false;
            speakerLeg.restore();
        }
    }
}
