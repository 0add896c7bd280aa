package io.sandalphone.harness.calls;

import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.ReceivedPacket;
import io.sandalphone.harness.sip.RtpRecording;
import io.sandalphone.harness.tone.HeardTone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneWord;

import java.time.Duration;
import java.util.List;

/// The longest time in which somebody on the telephone was without the other one, and how much of it this machine could
/// not run anything, which is no call's doing.
///
/// @param fromNanos when it began, by [System#nanoTime]
public record SoundGap(long fromNanos, Duration length, Duration stall) {
    /// Nobody notices less: three packets.
    public static final Duration LONGEST_UNNOTICED = Duration.ofMillis(60);

    /// What there is where nothing was missed.
    public static final SoundGap NONE = new SoundGap(0, Duration.ZERO, Duration.ZERO);

    private static final int PACKET_MILLIS = 20;
    private static final long PACKET = Duration.ofMillis(PACKET_MILLIS).toNanos();

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

    /// The longest silence of `tone`, which the other one says all the time, in the packets between the two times. What is missing
    /// between packets is [#ofPackets].
    public static SoundGap ofTone(
            PhoneCall listener, ToneWord tone, long fromNanos, long toNanos, Heartbeat heartbeat) {
        return ofTone(listener.media().received(), tone, fromNanos, toNanos, heartbeat);
    }

    /// The same of what a telephone received.
    public static SoundGap ofTone(
            RtpRecording received,
            ToneWord tone,
            long fromNanos,
            long toNanos,
            Heartbeat heartbeat) {
        // Not by timestamps: Asterisk's mixer does not make up for the ticks that a busy machine
        // keeps from it, so its count falls behind by some milliseconds here and there. When the
        // mixer is left, the count is put right by all of them at once: nobody hears that as
        // silence.
        List<ReceivedPacket> packets =
                received.sound().stream()
                        .filter(packet -> packet.arrivalNanos() > fromNanos)
                        .filter(packet -> packet.arrivalNanos() <= toNanos)
                        .toList();
        SoundGap longest = NONE;
        long last = fromNanos;
        for (HeardTone heard : ToneDetector.listen(RtpRecording.pcm(packets)).heard(tone)) {
            longest = longest.orLonger(last, arrival(packets, heard.startMillis()), heartbeat);
            last = arrival(packets, heard.endMillis());
        }
        return longest.orLonger(last, toNanos, heartbeat);
    }

    /// When what is `millis` after the beginning of the packets arrived.
    private static long arrival(List<ReceivedPacket> packets, long millis) {
        int packet = Math.toIntExact(Math.min(millis / PACKET_MILLIS, packets.size() - 1));
        long within = Duration.ofMillis(millis - (long) packet * PACKET_MILLIS).toNanos();
        return packets.get(packet).arrivalNanos() + within;
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
