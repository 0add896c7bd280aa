package io.sandalphone.speech.input;

import io.sandalphone.media.SpeechLevel;
import io.sandalphone.media.vad.Sound;
import io.sandalphone.telephony.Party;

/// Reckons how loud one speaker is, for those who run the gateway: each second of speech goes to the meters, and a look at the last
/// 200 ms to the call. Holds no clock; runs on the call's loop.
final class LevelMeter {
    /// 200 ms.
    private static final int GLANCE = 10;

    /// A second.
    private static final int SECOND = 50;

    private final LevelMeters.Leg meters;
    private final Party party;
    private final HeardLevels levels;
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
        meters.heard(sound).increment();
        int clipped = SpeechLevel.clipped(pcm, power);
        if (clipped > 0) {
            meters.clipped().increment(clipped);
        }
        if (sound == Sound.SPEECH) {
            speak(power);
        }
        glancePower += power;
        glanceSpeech |= sound.voiced();
        glanceClipped += clipped;
        glanceFrames++;
        if (glanceFrames == GLANCE) {
            glance();
        }
    }

    private void speak(double power) {
        speechPower += power;
        speechFrames++;
        if (speechFrames == SECOND) {
            // A distribution takes no negative numbers.
            meters.level().record(-decibels(speechPower / SECOND));
            speechPower = 0;
            speechFrames = 0;
        }
    }

    private void glance() {
        levels.heard(
                party, new HeardLevel(decibels(glancePower / GLANCE), glanceSpeech, glanceClipped));
        glancePower = 0;
        glanceFrames = 0;
        glanceSpeech = false;
        glanceClipped = 0;
    }

    private static double decibels(double power) {
        return Math.max(HeardLevel.SOFTEST, SpeechLevel.decibels(power));
    }

    /// Nothing more will be heard, and nothing more is shown.
    void close() {
        levels.heard(party, null);
    }
}
