package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.SpeechLevel;

/// Makes what is spoken to a listener as loud as the voice that it translates, within a limit, and no sample greater
/// than there can be: loud ones are rounded off instead. Holds no clock: 20 ms pass with each frame.
final class LoudnessMatch {
    /// By how much the level moves within a frame, in dB.
    private static final double STEP = 0.4;

    /// A difference that nobody hears, in dB.
    private static final double HEARD = 1;

    /// From this sample on they are rounded off: -3 dB.
    private static final double KNEE = 23_170;

    private static final double ROOM = Short.MAX_VALUE - KNEE;

    private final SpeechLevel voice;
    private final double limit;
    private final SpeechLevel own = new SpeechLevel();
    private double matched;
    private double balance;

    /// What the last frame became louder by at its end.
    private double decibels;

    /// @param voice how loud the voice is that is translated
    /// @param limit by how many dB it makes louder or softer, at most; 0 for not at all
    LoudnessMatch(SpeechLevel voice, double limit) {
        this.voice = voice;
        this.limit = limit;
    }

    /// From now on it is `decibels` louder than that, or softer: with the next frame.
    void balance(double decibels) {
        balance = decibels;
    }

    AudioFrame apply(AudioFrame frame) {
        own.hear(frame.pcm());
        double from = decibels;
        matched += Math.clamp(wanted() - matched, -STEP, STEP);
        decibels = matched + balance;
        if (from == 0 && decibels == 0) {
            return frame;
        }
        return new AudioFrame(scaled(frame.pcm(), from), frame.rate(), frame.position());
    }

    private double wanted() {
        if (!voice.known() || !own.known()) {
            return 0;
        }
        double apart = voice.decibels() - own.decibels();
        return Math.abs(apart) < HEARD ? 0 : Math.clamp(apart, -limit, limit);
    }

    private short[] scaled(short[] pcm, double from) {
        double gain = factor(from);
        double step = (factor(decibels) - gain) / pcm.length;
        var scaled = new short[pcm.length];
        for (int i = 0; i < pcm.length; i++) {
            gain += step;
            scaled[i] = (short) Math.round(limited(pcm[i] * gain));
        }
        return scaled;
    }

    private static double factor(double decibels) {
        return Math.pow(10, decibels / 20);
    }

    private static double limited(double sample) {
        double above = Math.abs(sample) - KNEE;
        return above <= 0
                ? sample
                : Math.copySign(KNEE + ROOM * (1 - Math.exp(-above / ROOM)), sample);
    }
}
