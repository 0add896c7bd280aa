package io.sandalphone.harness.carrier;

import io.sandalphone.media.codec.Downsampler;
import io.sandalphone.media.codec.Upsampler;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// L16: 16-bit linear samples, at 8 or 16 kHz. RFC 3551 has the most significant byte first; carriers
/// are said to send either. One object serves one direction of one stream, since the filters between
/// the rates remember what came before.
public final class LinearCoding implements SoundCoding {
    private static final int TELEPHONE_RATE = 8000;
    private static final int FRAMES_PER_SECOND = 50;

    private final int rate;
    private final ByteOrder order;
    private final Upsampler up = Upsampler.narrowBand();
    private final Downsampler down = new Downsampler();

    /// @param rate samples per second, 8000 or 16000
    public LinearCoding(int rate, ByteOrder order) {
        if (rate != TELEPHONE_RATE && rate != 2 * TELEPHONE_RATE) {
            throw new IllegalArgumentException("a rate of " + rate + " is not simulated");
        }
        this.rate = rate;
        this.order = order;
    }

    @Override
    public byte[] encode(short[] frame) {
        short[] pcm = rate == TELEPHONE_RATE ? frame : up.resample(frame);
        ByteBuffer bytes = ByteBuffer.allocate(2 * pcm.length).order(order);
        bytes.asShortBuffer().put(pcm);
        return bytes.array();
    }

    @Override
    public short[] decode(byte[] bytes) {
        short[] pcm = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(order).asShortBuffer().get(pcm);
        return rate == TELEPHONE_RATE ? pcm : down.resample(pcm);
    }

    @Override
    public int frameBytes() {
        return 2 * rate / FRAMES_PER_SECOND;
    }

    @Override
    public byte silence() {
        return 0;
    }
}
