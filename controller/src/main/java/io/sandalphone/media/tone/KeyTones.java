package io.sandalphone.media.tone;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSource;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/// The keys of a telephone as two tones each (DTMF, ITU-T Q.23), at 8 kHz and -10 dBm0 a tone: a key sounds
/// for 100 ms, and 60 ms pass before the next (Q.24 asks for 40 of each). Whoever polls keeps the time; edges
/// are ramped over 4 ms.
public final class KeyTones implements FrameSource {
    private static final String KEYS = "123A456B789C*0#D";
    private static final int[] LOW = {697, 770, 852, 941};
    private static final int[] HIGH = {1209, 1336, 1477, 1633};

    // About 5 s; who presses more at once is no person.
    private static final int MOST_WAITING = 32;

    private static final int RATE = AudioFrame.TELEPHONE_RATE;
    private static final int FRAME = AudioFrame.samples(RATE);
    private static final int SOUND = RATE * 100 / 1000;
    // As long as a receiver may take to be sure (Q.24).
    private static final int SHORTEST = RATE * 40 / 1000;
    private static final int WHOLE = RATE * 160 / 1000;
    private static final int RAMP = RATE * 4 / 1000;
    // +3.14 dBm0 is a sine at full scale (ITU-T G.711, note to table 1a).
    private static final double LEVEL = 32_767 * Math.pow(10, -13.14 / 20);

    private final Queue<Character> waiting = new ArrayDeque<>();
    private int low;
    private int high;
    private int at = WHOLE;
    private long position;

    /// How long so many keys take.
    public static Duration length(int keys) {
        return Duration.ofMillis((long) keys * WHOLE * 1000 / RATE);
    }

    /// Has `key` sound behind those that still do. What is no key, or one too many, is not heard.
    public void press(char key) {
        if (KEYS.indexOf(key) >= 0 && waiting.size() < MOST_WAITING) {
            waiting.add(key);
        }
    }

    /// Whoever hears them has heard silence behind the latest 20 ms, for longer than between two keys. What went on sounding now would be the
    /// same key a second time: one that has sounded for long enough to be heard is over, one that has not begins again.
    public void interrupted() {
        if (at < SOUND) {
            at = at < SHORTEST ? 0 : SOUND;
        }
    }

    /// Forgets the keys that did not sound yet.
    public void clear() {
        waiting.clear();
        at = WHOLE;
    }

    /// The next 20 ms of keys; null while none sounds.
    @Override
    public @Nullable AudioFrame poll() {
        if (at == WHOLE && !next()) {
            return null;
        }
        var pcm = new short[FRAME];
        for (int i = 0; i < FRAME; i++) {
            pcm[i] =
                    (short)
                            Math.round(
                                    LEVEL
                                            * gain(at + i)
                                            * (wave(low, at + i) + wave(high, at + i)));
        }
        at += FRAME;
        var frame = new AudioFrame(pcm, RATE, position);
        position += FRAME;
        return frame;
    }

    private boolean next() {
        Character key = waiting.poll();
        if (key == null) {
            return false;
        }
        int number = KEYS.indexOf(key);
        low = LOW[number / HIGH.length];
        high = HIGH[number % HIGH.length];
        at = 0;
        return true;
    }

    private static double gain(int sample) {
        return sample >= SOUND
                ? 0
                : Math.min(1, Math.min(sample, SOUND - 1 - sample) / (double) RAMP);
    }

    private static double wave(int hertz, int sample) {
        return Math.sin(2 * Math.PI * hertz * sample / RATE);
    }
}
