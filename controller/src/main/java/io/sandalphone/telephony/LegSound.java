package io.sandalphone.telephony;

import java.time.Duration;

/// When a leg was heard last, as far as somebody listens to it. Holds no thread and reads no clock.
public final class LegSound {
    // Below this no sample of a frame is anybody's voice: about -54 dBov.
    private static final int VOICE = 64;

    // Who is listened to gives a frame every 20 ms, of silence too.
    private static final long LISTENING = Duration.ofSeconds(1).toNanos();

    private long voiceAt;
    private long frameAt;
    private boolean frames;

    /// Of a leg that is taken to have been heard at `nowNanos`.
    public LegSound(long nowNanos) {
        voiceAt = nowNanos;
    }

    /// The next 20 ms of the leg.
    public void heard(short[] pcm, long nowNanos) {
        frames = true;
        frameAt = nowNanos;
        for (short sample : pcm) {
            if (sample >= VOICE || sample <= -VOICE) {
                voiceAt = nowNanos;
                return;
            }
        }
    }

    /// When anything was heard that may have been a voice.
    public long voiceAt() {
        return voiceAt;
    }

    /// Whether the leg would be heard if it spoke.
    public boolean listenedTo(long nowNanos) {
        return frames && nowNanos - frameAt < LISTENING;
    }
}
