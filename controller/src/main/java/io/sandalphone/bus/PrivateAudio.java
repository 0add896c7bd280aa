package io.sandalphone.bus;

import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.media.tone.KeyTones;
import io.sandalphone.telephony.LegAudio;

import java.time.Duration;

/// What those who interpret are given of one party of a mixed call. It does nothing more once it was
/// closed.
final class PrivateAudio implements LegAudio {
    private final MixedLeg leg;
    private final ListenerBus hearing;
    private final ListenerBus heard;
    private boolean closed;

    /// @param hearing what the party hears
    /// @param heard where the party is heard
    PrivateAudio(MixedLeg leg, ListenerBus hearing, ListenerBus heard) {
        this.leg = leg;
        this.hearing = hearing;
        this.heard = heard;
    }

    void close() {
        closed = true;
    }

    @Override
    public String carrier() {
        return leg.leg().carrier();
    }

    @Override
    public void hear(FrameSink ears) {
        if (!closed) {
            leg.ears = ears;
        }
    }

    @Override
    public void speak(FrameSource mouth, Runnable drained) {
        if (!closed) {
            hearing.speak(mouth, drained);
        }
    }

    @Override
    public void stop() {
        if (!closed) {
            hearing.stopSpeaking();
            if (leg.isThere()) {
                leg.leg().media().clear();
            }
        }
    }

    @Override
    public void whenPlayed(Runnable played) {
        if (!closed) {
            hearing.whenPlayed(played);
        }
    }

    /// As tones in the sound, whatever the carrier (docs/decisions/0065).
    @Override
    public Duration sendKeys(String keys) {
        if (closed) {
            return Duration.ZERO;
        }
        keys.chars().forEach(key -> hearing.press((char) key));
        return KeyTones.length(keys.length());
    }

    @Override
    public void duck(double decibels) {
        if (!closed) {
            heard.sink(decibels);
        }
    }

    @Override
    public void restore() {
        if (!closed) {
            heard.rise();
        }
    }
}
