package io.sandalphone.media.vad;

/// Finds the data of fax machines, modems and text telephones: sound that keeps its level and has
/// either nothing where voices are strongest or no voice's partials. Runs on the loop that owns the
/// sound.
final class DataDetector {
    /// Data has less than this share of its energy below 700 Hz; so have hissing consonants.
    static final double LOW = 0.05;

    /// Frames of such sound that are data: 240 ms.
    private static final int HIGH_FRAMES = 12;

    /// Frames of any other that are: 500 ms.
    private static final int FRAMES = 25;

    /// How far apart the levels of these frames lie at most: 4 dB.
    private static final double RANGE = Math.pow(10, 0.4);

    private final Level high = new Level();
    private final Level any = new Level();

    /// Whether the next frame belongs to data.
    boolean accept(double energy, SpectralLines lines) {
        int highFrames = high.accept(energy, lines.low() < LOW);
        int anyFrames = any.accept(energy, !lines.harmonic());
        return highFrames >= HIGH_FRAMES || anyFrames >= FRAMES;
    }

    /// There is no sound just now.
    void silence() {
        high.frames = 0;
        any.frames = 0;
    }

    /// For how many frames a level has held.
    private static final class Level {
        private int frames;
        private double least;
        private double most;

        int accept(double energy, boolean candidate) {
            if (!candidate) {
                frames = 0;
                return 0;
            }
            least = frames == 0 ? energy : Math.min(least, energy);
            most = frames == 0 ? energy : Math.max(most, energy);
            frames = most > RANGE * least ? 0 : frames + 1;
            return frames;
        }
    }
}
