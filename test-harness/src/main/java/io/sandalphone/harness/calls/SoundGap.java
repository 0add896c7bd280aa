package io.sandalphone.harness.calls;

import io.sandalphone.harness.measure.SoundTimeline;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.ReceivedPacket;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;

/// The longest time in which somebody on the telephone was without the other one, and how much of it this machine could
/// not run anything, which is no call's doing.
///
/// @param fromNanos when it began, by [System#nanoTime]
public record SoundGap(long fromNanos, Duration length, Duration stall) {
    /// Nobody notices less: three packets.
    public static final Duration LONGEST_UNNOTICED = Duration.ofMillis(60);

    /// What there is where nothing was missed.
    public static final SoundGap NONE = new SoundGap(0, Duration.ZERO, Duration.ZERO);

    private static final long PACKET = 20_000_000;

    /// The longest time without a packet of sound from `fromNanos` to the last one before `toNanos`, by when they arrived.
    public static SoundGap ofPackets(
            PhoneCall listener, long fromNanos, long toNanos, Heartbeat heartbeat) {
        SoundGap longest = NONE;
        long last = fromNanos;
        for (ReceivedPacket packet : listener.media().received().sound()) {
            long arrival = packet.arrivalNanos();
            if (arrival > fromNanos && arrival <= toNanos) {
                longest = longest.orLonger(last, arrival, heartbeat);
                last = arrival;
            }
        }
        return longest;
    }

    /// The longest silence of `tone`, which the other one says all the time, between the two times, as a telephone plays it.
    public static SoundGap ofTone(
            PhoneCall listener, ToneWord tone, long fromNanos, long toNanos, Heartbeat heartbeat) {
        SoundTimeline sound =
                listener.media().received().heardByTimestamp().between(fromNanos, toNanos);
        SoundGap longest = NONE;
        long last = fromNanos;
        for (HeardTone heard : ToneDetector.listen(sound.pcm()).heard(tone)) {
            longest = longest.orLonger(last, sound.nanosAt(heard.startMillis()), heartbeat);
            last = sound.nanosAt(heard.endMillis());
        }
        return longest.orLonger(last, toNanos, heartbeat);
    }

    private SoundGap orLonger(long fromNanos, long toNanos, Heartbeat heartbeat) {
        Duration other = Duration.ofNanos(toNanos - fromNanos);
        if (other.compareTo(own()) <= 0) {
            return this;
        }
        return longest(
                this,
                new SoundGap(
                        fromNanos, other, heartbeat.longestStall(fromNanos - PACKET, toNanos)));
    }

    /// The one that is longer to those who listen.
    public static SoundGap longest(SoundGap one, SoundGap other) {
        return one.own().compareTo(other.own()) >= 0 ? one : other;
    }

    /// What of it is the call's doing.
    public Duration own() {
        return stall.compareTo(length) >= 0 ? Duration.ZERO : length.minus(stall);
    }

    /// Whether nobody notices.
    public boolean unnoticed() {
        return own().compareTo(LONGEST_UNNOTICED) <= 0;
    }

    @Override
    public String toString() {
        return "%d ms (machine stalled %d ms)".formatted(length.toMillis(), stall.toMillis());
    }
}
