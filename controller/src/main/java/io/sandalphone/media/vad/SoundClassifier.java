package io.sandalphone.media.vad;

import io.sandalphone.media.AudioFrame;

/// Tells speech from the sounds that a telephone line brings besides: progress tones of whatever
/// country, beeps, DTMF, data of fax machines and modems, and music without a voice.
///
/// It knows no list of frequencies or cadences. Tones stand still in the spectrum as no voice does,
/// data keeps its level, and of music much more stands still than of speech. Where it is not sure a
/// sound is speech, and so is somebody who speaks over another sound: a tone that is known is taken out
/// of what is judged.
///
/// Costs about 20 µs a frame, the voice detector included, and far less in silence. Runs on
/// the loop that owns the sound.
public final class SoundClassifier implements VoiceDetector {
    /// From this share of its energy in lines that stand still on, a frame is a tone. Of speech, one
    /// frame in seventy has as much, seldom more than three in a row.
    private static final double TONE = 0.93;

    /// After so many frames a tone is one that may come again.
    private static final int TONE_SURE = 3;

    /// For how many frames the voice detector may go on hearing a tone that has ended: what is 14 dB
    /// softer than the tone is no speech then.
    private static final int TONE_TAIL = 10;

    private static final double TAIL_ENERGY = 0.04;

    /// From these shares on a frame may be the beginning of music, and may be music in which the voice
    /// detector hears a voice.
    private static final double DOUBTFUL = 0.5;

    private static final double DOUBTFUL_OVER_MUSIC = 0.2;

    private final int threshold;
    private final VoiceDetector detector;
    private final PowerSpectrum spectrum = new PowerSpectrum();
    private final SpectralLines lines = new SpectralLines();
    private final DataDetector data = new DataDetector();
    private final MusicDetector music = new MusicDetector();
    private final ToneMemory memory = new ToneMemory();
    private final double[] toneHertz = new double[ToneMemory.MOST + 1];
    private final double[] heard = new double[PowerSpectrum.SAMPLES];
    private int oldest;
    private int toneRun;
    private double toneEnergy;
    private int toneTail;

    /// `detector` says which frames hold a voice, or sound like one. It is spared the frames in which no
    /// sample is at least `threshold` away from zero (of 32768): they are silence.
    public SoundClassifier(int threshold, VoiceDetector detector) {
        this.threshold = threshold;
        this.detector = detector;
    }

    @Override
    public boolean speech(AudioFrame frame) {
        return judge(frame).voiced();
    }

    @Override
    public Sound judge(AudioFrame frame) {
        short[] pcm = frame.pcm();
        short[] rest = memory.without(pcm);
        keep(rest);
        double energy = energy(pcm);
        double restEnergy = energy(rest);
        toneTail = Math.max(0, toneTail - 1);
        if (!silent(pcm) && memory.knows(energy, restEnergy)) {
            nothing();
            return signal(energy);
        }
        if (silent(rest)) {
            nothing();
            return Sound.SILENCE;
        }
        boolean voice = detector.speech(new AudioFrame(rest, frame.rate(), frame.position()));
        lines.accept(spectrum.of(heard, oldest));
        if (lines.fresh() > TONE && !lines.harmonic()) {
            toneRun++;
            int strong = lines.strong(toneHertz);
            if (toneRun >= TONE_SURE && strong <= ToneMemory.MOST && !music.playing()) {
                memory.remember(toneHertz, strong, pcm.length);
            }
            return signal(energy);
        }
        toneRun = 0;
        if (toneTail > 0 && restEnergy < TAIL_ENERGY * toneEnergy) {
            return Sound.SILENCE;
        }
        if (data.accept(restEnergy, lines)) {
            return Sound.SIGNAL;
        }
        music.accept(lines, voice);
        if (music.playing()) {
            memory.forget();
        }
        return music.playing() ? overMusic(voice) : voice ? voiced() : Sound.SILENCE;
    }

    /// There is nothing in this frame but a tone, if that.
    private void nothing() {
        toneRun = 0;
        data.silence();
        lines.silence();
        music.silence();
    }

    private Sound signal(double energy) {
        toneEnergy = toneTail > 0 ? Math.max(energy, toneEnergy) : energy;
        toneTail = TONE_TAIL;
        return Sound.SIGNAL;
    }

    private Sound overMusic(boolean voice) {
        if (!voice || !music.spokenOver()) {
            return Sound.MUSIC;
        }
        return lines.steady() >= DOUBTFUL_OVER_MUSIC && !lines.harmonic()
                ? Sound.DOUBTFUL
                : Sound.SPEECH;
    }

    private Sound voiced() {
        boolean still = Math.max(lines.steady(), lines.fresh()) >= DOUBTFUL && !lines.harmonic();
        return still || lines.low() < DataDetector.LOW ? Sound.DOUBTFUL : Sound.SPEECH;
    }

    private void keep(short[] pcm) {
        for (short sample : pcm) {
            heard[oldest] = sample;
            oldest = (oldest + 1) % PowerSpectrum.SAMPLES;
        }
    }

    private boolean silent(short[] pcm) {
        for (short sample : pcm) {
            if (Math.abs(sample) >= threshold) {
                return false;
            }
        }
        return true;
    }

    private static double energy(short[] pcm) {
        double energy = 0;
        for (short sample : pcm) {
            energy += (double) sample * sample;
        }
        return energy;
    }

    @Override
    public void close() {
        detector.close();
    }
}
