package io.sandalphone.media;

/// How loud a voice is: the power of the last seconds in which it spoke. Pauses do not count. Holds no clock.
public final class SpeechLevel {
    /// What is not even so loud is a pause: -50 dBov.
    private static final double PAUSE = 1e-5 * 32_768 * 32_768;

    /// How many frames the latest one counts among: 3 s.
    private static final int MEMORY = 150;

    /// After how many it is known: 200 ms.
    private static final int ENOUGH = 10;

    /// What is faint has this part of its power: 18 dB less. The soft sounds of words are above it.
    private static final double FAINT = 0.016;

    /// The greatest sample of mu-law, the code that ends first.
    private static final int CLIPPED = 32_124;

    private double power;
    private int frames;

    /// The next 20 ms of it.
    public void hear(short[] pcm) {
        hear(power(pcm));
    }

    /// The same, of which only the [#power] is handed over.
    public void hear(double now) {
        if (now > PAUSE) {
            frames = Math.min(frames + 1, MEMORY);
            power += (now - power) / frames;
        }
    }

    /// Whether it has spoken long enough to tell.
    public boolean known() {
        return frames >= ENOUGH;
    }

    /// Whether 20 ms of this [#power] are so much softer than the voice that none of its words sounds in them: what a room, a line or
    /// a breath adds. Never before it is [#known].
    public boolean faint(double now) {
        return known() && now < FAINT * power;
    }

    /// The power of a frame: its mean square, of samples of 16 bits.
    public static double power(short[] pcm) {
        // Whole numbers add up exactly, and faster.
        long sum = 0;
        for (short sample : pcm) {
            sum += sample * sample;
        }
        return (double) sum / pcm.length;
    }

    /// How many samples of a frame of this [#power] are as great as its coding can say, above 0.98 of all: mu-law ends there, and
    /// A-law above it.
    public static int clipped(short[] pcm, double power) {
        // Of a frame that is softer none can be.
        if (power * pcm.length < (double) CLIPPED * CLIPPED) {
            return 0;
        }
        int clipped = 0;
        for (short sample : pcm) {
            if (sample >= CLIPPED || sample <= -CLIPPED) {
                clipped++;
            }
        }
        return clipped;
    }

    /// In dBov: a square wave of the greatest samples has 0.
    public double decibels() {
        return decibels(power);
    }

    /// A [#power] in dBov; of nothing but zeros it is [Double#NEGATIVE_INFINITY].
    public static double decibels(double power) {
        return 10 * Math.log10(power / (32_768.0 * 32_768.0));
    }
}
