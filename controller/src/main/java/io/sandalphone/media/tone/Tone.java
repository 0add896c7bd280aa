package io.sandalphone.media.tone;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSource;

import java.util.List;

/// A [Cadence] without end, at 8 kHz and at the level networks play tones at, about -19 dBm0 for each
/// frequency. Whoever polls keeps the time. It begins with its first sound; edges are ramped over 4 ms, so
/// that they do not click.
public final class Tone implements FrameSource {
    private static final int RATE = AudioFrame.TELEPHONE_RATE;
    private static final int FRAME = AudioFrame.samples(RATE);
    // +3.14 dBm0 is a sine at full scale (ITU-T G.711, note to table 1a): -19 dBm0 is 22 dB below.
    private static final double LEVEL = 32_767 * Math.pow(10, -22.14 / 20);
    private static final int RAMP = RATE * 4 / 1000;

    private final List<Integer> hertz;
    // Where each time on or off ends, in samples from the beginning.
    private final int[] ends;
    private long position;

    public Tone(Cadence cadence) {
        hertz = cadence.hertz();
        ends = new int[cadence.millis().size()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += cadence.millis().get(i) * (RATE / 1000);
            ends[i] = end;
        }
    }

    @Override
    public AudioFrame poll() {
        var pcm = new short[FRAME];
        for (int i = 0; i < FRAME; i++) {
            pcm[i] = (short) Math.round(LEVEL * gain(position + i) * wave(position + i));
        }
        var frame = new AudioFrame(pcm, RATE, position);
        position += FRAME;
        return frame;
    }

    private double gain(long sample) {
        int within = (int) (sample % ends[ends.length - 1]);
        int start = 0;
        for (int i = 0; i < ends.length; i++) {
            if (within < ends[i]) {
                boolean on = i % 2 == 0;
                int edge = Math.min(within - start, ends[i] - 1 - within);
                return on ? Math.min(1, edge / (double) RAMP) : 0;
            }
            start = ends[i];
        }
        throw new IllegalStateException("beyond the end of a cadence: " + within);
    }

    private double wave(long sample) {
        double sum = 0;
        for (int frequency : hertz) {
            // A whole second holds whole periods, so the angle stays small.
            sum += Math.sin(2 * Math.PI * frequency * (sample % RATE) / RATE);
        }
        return sum;
    }
}
