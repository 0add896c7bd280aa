package io.sandalphone.harness.fakes.assemblyai;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.codec.Downsampler;
import io.sandalphone.media.codec.G711;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Makes telephone frames of the bytes that arrive, whatever their encoding and rate.
final class AudioInput {
    private static final int FRAME = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);

    private final boolean muLaw;
    private final int rate;
    private final Downsampler downsampler = new Downsampler();
    private short[] rest = {};
    private long received;
    private long position;

    AudioInput(Parameters asked) {
        muLaw = asked.muLaw();
        rate = asked.sampleRate();
    }

    /// How much was received, in milliseconds.
    long millis() {
        return received * 1000 / rate;
    }

    /// The frames that `chunk` completes.
    List<AudioFrame> frames(byte[] chunk) {
        short[] samples = decode(chunk);
        received += samples.length;
        short[] telephone =
                rate == AudioFrame.TELEPHONE_RATE
                        ? samples
                        : downsampler.resample(Arrays.copyOf(samples, samples.length & ~1));
        short[] all = Arrays.copyOf(rest, rest.length + telephone.length);
        System.arraycopy(telephone, 0, all, rest.length, telephone.length);
        List<AudioFrame> frames = new ArrayList<>();
        int taken = 0;
        while (all.length - taken >= FRAME) {
            frames.add(
                    new AudioFrame(
                            Arrays.copyOfRange(all, taken, taken + FRAME),
                            AudioFrame.TELEPHONE_RATE,
                            position));
            taken += FRAME;
            position += FRAME;
        }
        rest = Arrays.copyOfRange(all, taken, all.length);
        return frames;
    }

    private short[] decode(byte[] chunk) {
        var bytes = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        if (muLaw) {
            return G711.MU_LAW.decode(bytes, 0, chunk.length);
        }
        short[] samples = new short[chunk.length / 2];
        bytes.asShortBuffer().get(samples);
        return samples;
    }
}
