package io.sandalphone.harness.sounds;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Sounds for a phone to send: 8 kHz, 16 bits.
public final class LineSounds {
    private LineSounds() {}

    /// The ids of all rows of `progress-tones.tsv`: tones, beeps, keys and data signals.
    public static List<String> signals() throws IOException {
        return LineSignal.all().stream().map(LineSignal::id).toList();
    }

    /// A row of `progress-tones.tsv`, by its id.
    public static short[] signal(String id, double seconds) throws IOException {
        return pcm(LineSignal.of(id).sound(seconds));
    }

    /// The beginning of a piece of music, by its number, at -15 dBm0; 30 s at most.
    public static short[] music(int piece, double seconds) {
        double[] sound = new double[Dbm0.samples(seconds)];
        System.arraycopy(music(piece), 0, sound, 0, sound.length);
        return pcm(sound);
    }

    /// A recorded sentence over music that is `ratioDb` softer and begins a second before it.
    public static short[] speechOverMusic(Path wav, int piece, double ratioDb) {
        double[] speech = Speech.at(-15 + ratioDb, Speech.read(wav));
        double[] sound = new double[speech.length + 2 * Dbm0.RATE];
        System.arraycopy(music(piece), 0, sound, 0, sound.length);
        for (int i = 0; i < speech.length; i++) {
            sound[Dbm0.RATE + i] += speech[i];
        }
        return pcm(sound);
    }

    private static double[] music(int piece) {
        return Dbm0.scaled(Music.piece(piece), Dbm0.rms(-15));
    }

    private static short[] pcm(double[] sound) {
        var pcm = new short[sound.length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.clamp(Math.round(sound[i]), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return pcm;
    }
}
