package io.sandalphone.harness.demo;

/// The telephone network's test tone (1004 Hz), again and again: a sound whose level can be measured
/// where nobody speaks, and that is no speech to anybody who listens for words.
final class TestTones {
    private static final int RATE = 8000;
    private static final double HERTZ = 1004;

    /// -26 dB below full scale: about as loud as a voice.
    private static final double AMPLITUDE = 1640;

    private static final int TONES = 12;
    private static final int ON = RATE / 2;
    private static final int OFF = RATE / 2;

    /// Long enough to fade in and out without a click.
    private static final int EDGE = RATE / 100;

    private TestTones() {}

    /// Twelve tones of half a second, half a second apart, at 8 kHz.
    static short[] line() {
        short[] line = new short[TONES * (ON + OFF)];
        for (int tone = 0; tone < TONES; tone++) {
            int start = tone * (ON + OFF);
            for (int i = 0; i < ON; i++) {
                double edge = Math.min(1, Math.min(i, ON - 1 - i) / (double) EDGE);
                double phase = 2 * Math.PI * HERTZ * (start + i) / RATE;
                line[start + i] = (short) Math.round(AMPLITUDE * edge * Math.sin(phase));
            }
        }
        return line;
    }
}
