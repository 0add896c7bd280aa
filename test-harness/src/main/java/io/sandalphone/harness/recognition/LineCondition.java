package io.sandalphone.harness.recognition;

import io.sandalphone.harness.sounds.Band;
import io.sandalphone.harness.sounds.Coding;
import io.sandalphone.harness.sounds.Dbm0;
import io.sandalphone.harness.sounds.Speech;
import io.sandalphone.media.AudioFrame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// What a telephone line does to a recording: all go through the telephone's band and mu-law, and some
/// through more.
public enum LineCondition {
    CLEAN("clean", Double.POSITIVE_INFINITY, 0),
    NOISE_15("noise 15 dB", 15, 0),
    NOISE_5("noise 5 dB", 5, 0),
    LOSS("3 % lost", Double.POSITIVE_INFINITY, 0.03);

    private static final int RATE = AudioFrame.TELEPHONE_RATE;
    private static final int FRAME = AudioFrame.samples(RATE);

    /// Before a recording and behind it, so that utterances begin and end.
    private static final int BEFORE = RATE / 2;

    private static final int BEHIND = RATE * 3 / 2;

    private final String title;
    private final double signalToNoise;
    private final double lost;

    /// White noise in the telephone's band is `signalToNoise` dB softer than the active speech, throughout; of
    /// the packets, a share of `lost` never comes.
    LineCondition(String title, double signalToNoise, double lost) {
        this.title = title;
        this.signalToNoise = signalToNoise;
        this.lost = lost;
    }

    /// The frames that arrive of `pcm`, with a pause before and behind it. The first begins at `position`.
    /// Chance is the same for the same `seed`.
    List<AudioFrame> frames(short[] pcm, long position, long seed) {
        var random = new SplittableRandom(seed);
        double[] sound = new double[FRAME * Math.ceilDiv(BEFORE + pcm.length + BEHIND, FRAME)];
        for (int i = 0; i < pcm.length; i++) {
            sound[BEFORE + i] = pcm[i];
        }
        double[] line = Band.telephone(sound);
        if (signalToNoise < Double.POSITIVE_INFINITY) {
            double[] noise = new double[line.length];
            Arrays.setAll(noise, _ -> 2 * random.nextDouble() - 1);
            double[] heard = Band.telephone(noise);
            double factor =
                    Speech.active(line) / Math.pow(10, signalToNoise / 20) / Dbm0.rms(heard);
            for (int i = 0; i < line.length; i++) {
                line[i] += factor * heard[i];
            }
        }
        short[] coded = Coding.muLaw(line);
        List<AudioFrame> frames = new ArrayList<>();
        for (int at = 0; at < coded.length; at += FRAME) {
            if (random.nextDouble() >= lost) {
                frames.add(
                        new AudioFrame(
                                Arrays.copyOfRange(coded, at, at + FRAME), RATE, position + at));
            }
        }
        return frames;
    }

    /// How long those frames are, in samples.
    static long length(short[] pcm) {
        return (long) FRAME * Math.ceilDiv(BEFORE + pcm.length + BEHIND, FRAME);
    }

    @Override
    public String toString() {
        return title;
    }
}
