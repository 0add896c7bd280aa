package io.sandalphone.media.vad;

/// Finds music, and who speaks over it, by how much of the sound stands still.
///
/// Of music that is 0.2 to 0.9 of its energy over a second; of recorded speech in four languages at most
/// 0.15, of synthetic voices 0.26. While music goes on a voice over it shows as a fall of that share. A
/// vowel that is held stands as still as music; it has one voice's partials, and does not last.
final class MusicDetector {
    /// What makes music, over 0.3, 0.6 and 1 s of sound.
    private static final double MUSIC_15 = 0.66;

    private static final double MUSIC_30 = 0.5;
    private static final double MUSIC_50 = 0.42;

    /// For how many frames after that it may go on without showing it: 15 s.
    private static final int MUSIC_FRAMES = 750;

    /// Somebody speaks over music when, over 0.3 s, less than this part of the music's share stands
    /// still; of that, no less than the least is reckoned with.
    private static final int OVER_FRAMES = 15;

    private static final double OVER_MUSIC = 0.9;
    private static final double LEAST_SHARE = 0.5;

    /// Of how many frames the music's share is the mean, roughly: 2 s.
    private static final int SHARE_FRAMES = 100;

    /// Who has spoken for so long, 3 s more than half of which was not music, has none behind them.
    private static final int SPOKEN_FRAMES = 150;

    /// A vowel held, in frames: no longer than 2 s, and with the partials of one voice in 12 of 15. What
    /// stands still of it counts less by this factor.
    private static final int VOWEL_FRAMES = 100;

    private static final int VOWEL_WINDOW = 15;
    private static final double VOWEL_HARMONIC = 0.8;
    private static final double VOWEL = 0.3;

    /// Frames of silence after which another vowel may be held, and after which all is forgotten.
    private static final int PAUSE_FRAMES = 10;

    private static final int FORGET_FRAMES = 50;

    private final RecentMean steady = new RecentMean(50);
    private final RecentMean harmonic = new RecentMean(VOWEL_WINDOW);
    private int soundFrames;
    private int silentFrames;
    private int music;
    private int spokenFrames;
    private double usual;

    /// The next frame in which there is sound, and whether it sounds like a voice.
    void accept(SpectralLines lines, boolean voice) {
        silentFrames = 0;
        soundFrames++;
        harmonic.add(lines.harmonic() ? 1 : 0);
        double share = lines.steady() * (vowel(lines) ? VOWEL : 1);
        steady.add(share);
        music--;
        if (steady.of(15) >= MUSIC_15 || steady.of(30) >= MUSIC_30 || steady.of(50) >= MUSIC_50) {
            music = MUSIC_FRAMES;
        }
        if (!playing()) {
            music = 0;
            usual = steady.of(50);
        } else if (spokenOver() && voice) {
            spokenFrames++;
            if (spokenFrames >= SPOKEN_FRAMES) {
                music = 0;
            }
        } else {
            spokenFrames = Math.max(0, spokenFrames - 2);
            usual += (share - usual) / SHARE_FRAMES;
        }
    }

    /// The next frame is silent.
    void silence() {
        silentFrames++;
        music = Math.max(0, music - 1);
        if (silentFrames == PAUSE_FRAMES) {
            soundFrames = 0;
        }
        if (silentFrames == FORGET_FRAMES) {
            steady.clear();
        }
    }

    /// Whether there is music.
    boolean playing() {
        return music > 0;
    }

    /// Whether, where there is music, somebody speaks over it.
    boolean spokenOver() {
        return steady.of(OVER_FRAMES) < OVER_MUSIC * Math.max(usual, LEAST_SHARE);
    }

    private boolean vowel(SpectralLines lines) {
        return !playing()
                && soundFrames <= VOWEL_FRAMES
                && lines.harmonic()
                && harmonic.of(VOWEL_WINDOW) >= VOWEL_HARMONIC;
    }
}
