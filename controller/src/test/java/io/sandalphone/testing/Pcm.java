package io.sandalphone.testing;

import io.sandalphone.media.AudioFrame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Sound in tests: 8 kHz mono.
public final class Pcm {
    private static final int WAV_HEADER = 44;
    private static final int QUIET = 200;

    private Pcm() {}

    /// The sound of a plain WAV file.
    public static short[] read(Path wav) throws IOException {
        var bytes = Files.readAllBytes(wav);
        var pcm = new short[(bytes.length - WAV_HEADER) / 2];
        ByteBuffer.wrap(bytes, WAV_HEADER, bytes.length - WAV_HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(pcm);
        return pcm;
    }

    public static short[] joined(List<short[]> pieces) {
        var all = new short[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (var piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }

    /// As frames, the last filled up with silence, beginning at `position`.
    public static List<AudioFrame> frames(short[] pcm, long position) {
        var frames = new ArrayList<AudioFrame>();
        for (int at = 0; at < pcm.length; at += 160) {
            frames.add(new AudioFrame(Arrays.copyOfRange(pcm, at, at + 160), 8000, position + at));
        }
        return frames;
    }

    /// The level of what is not silence, in dBov.
    public static double activeLevel(short[] pcm) {
        double energy = 0;
        int active = 0;
        for (int at = 0; at + 160 <= pcm.length; at += 160) {
            double sum = 0;
            for (int i = at; i < at + 160; i++) {
                sum += (double) pcm[i] * pcm[i];
            }
            if (sum / 160 > QUIET * QUIET) {
                energy += sum;
                active += 160;
            }
        }
        return 10 * Math.log10(energy / active / (32768.0 * 32768.0));
    }

    public static int silenceBefore(short[] pcm) {
        int at = 0;
        while (at < pcm.length && Math.abs(pcm[at]) < QUIET) {
            at++;
        }
        return at;
    }

    public static int silenceAfter(short[] pcm) {
        int at = 0;
        while (at < pcm.length && Math.abs(pcm[pcm.length - 1 - at]) < QUIET) {
            at++;
        }
        return at;
    }
}
