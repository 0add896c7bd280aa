package io.sandalphone.speech.input;

import io.sandalphone.media.SpeechLevel;
import io.sandalphone.media.vad.Sound;
import io.sandalphone.telephony.Party;

/// Reckons how loud one speaker is, for those who run the gateway. Counts go to the meters once a second, and a look at the last
/// 200 ms to the call. Holds no clock; runs on the call's loop.
final class LevelMeter {
    /// 200 ms.
    private static final int GLANCE = 10;

    /// A second.
    private static final int BATCH = 50;

    private final LevelMeters.Leg meters;
    private final Party party;
    private final HeardLevels levels;
    private final int[] heard = new int[Sound.values().length];
    private int frames;
    private int clipped;
    private double speechPower;
    private int speechFrames;
    private double glancePower;
    private int glanceFrames;
    private boolean glanceSpeech;
    private int glanceClipped;

    LevelMeter(LevelMeters.Leg meters, Party party, HeardLevels levels) {
        this.meters = meters;
        this.party = party;
        this.levels = levels;
    }

    /// The next 20 ms, their [power][SpeechLevel#power], and what they hold.
    void hear(short[] pcm, double power, Sound sound) {
        glanceClipped += SpeechLevel.clipped(pcm, power);
        heard[sound.ordinal()]++;
        frames++;
        if (sound == Sound.SPEECH) {
            speechPower += power;
            speechFrames++;
        }
        glancePower += power;
        glanceSpeech |= sound.voiced();
        glanceFrames++;
        if (glanceFrames == GLANCE) {
            glance();
        }
        if (speechFrames == BATCH) {
            tellSpeech();
        }
        if (frames == BATCH) {
            tellCounts();
        }
    }

    private void glance() {
        levels.heard(
                party, new HeardLevel(decibels(glancePower / GLANCE), glanceSpeech, glanceClipped));
        clipped += glanceClipped;
        glancePower = 0;
        glanceFrames = 0;
        glanceSpeech = false;
        glanceClipped = 0;
    }

    private void tellSpeech() {
        // A distribution takes no negative numbers.
        meters.level().record(-decibels(speechPower / speechFrames));
        speechPower = 0;
        speechFrames = 0;
    }

    private void tellCounts() {
        for (Sound sound : Sound.values()) {
            int count = heard[sound.ordinal()];
            if (count > 0) {
                meters.heard(sound).increment(count);
                heard[sound.ordinal()] = 0;
            }
        }
        if (clipped > 0) {
            meters.clipped().increment(clipped);
            clipped = 0;
        }
        frames = 0;
    }

    private static double decibels(double power) {
        return Math.max(HeardLevel.SOFTEST, SpeechLevel.decibels(power));
    }

    /// Nothing more will be heard: tells what was not told yet. Less than a second of speech is too little to say how loud it was.
    void close() {
        clipped += glanceClipped;
        glanceClipped = 0;
        tellCounts();
        levels.heard(party, null);
    }
}
