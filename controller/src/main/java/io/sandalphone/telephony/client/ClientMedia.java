package io.sandalphone.telephony.client;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.codec.Resampler;
import io.sandalphone.media.codec.Upsampler;
import io.sandalphone.telephony.LegMedia;
import io.sandalphone.time.Loop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// The sound of one client: PCM at 16 kHz on the wire, frames at 8 kHz within. What is sent goes to the
/// client at once, in binary frames once the client has sent sound in one, until then as JSON; the client
/// plays it from a buffer of its own, of which it tells nothing. Runs on the call's loop.
final class ClientMedia implements LegMedia {
    // A client's own buffer against the jitter of the network; the page's is as long.
    private static final Duration PLAYOUT_DELAY = Duration.ofMillis(80);
    private static final long FRAME_NANOS = AudioFrame.MILLIS * 1_000_000L;

    private final Loop loop;
    private final ClientWords words;
    private final ClientMeters meters;
    private final Heard heard = new Heard();
    // Of what is sent, or of the voice where that is sent apart.
    private final Resampler upsampler = Upsampler.narrowBand();
    private final Resampler spokenUpsampler = Upsampler.narrowBand();
    private FrameSink ears = _ -> {};
    private @Nullable ClientWire wire;
    private boolean split;
    private boolean binary;
    private long playedNanos;

    ClientMedia(Loop loop, ClientWords words, ClientMeters meters) {
        this.loop = loop;
        this.words = words;
        this.meters = meters;
    }

    /// From now on sound goes to `connection`; with `apart` the voice and what is spoken in a channel
    /// each.
    void connect(ClientWire connection, boolean apart) {
        wire = connection;
        split = apart;
        binary = false;
    }

    /// From now on sound goes nowhere.
    void disconnect() {
        wire = null;
    }

    /// Sound of the client's. False when it came so fast that it was not taken.
    boolean received(byte[] pcm, boolean inBinary) {
        long now = loop.nanoTime();
        binary = inBinary;
        if (!heard.isInTime(pcm.length, now)) {
            return false;
        }
        heard.add(pcm, now).forEach(ears::accept);
        return true;
    }

    @Override
    public void hear(FrameSink sink) {
        ears = sink;
    }

    @Override
    public void send(AudioFrame frame) {
        deliver(bytes(upsampler.resample(frame.pcm())));
    }

    @Override
    public boolean isSplit() {
        return split;
    }

    @Override
    public void sendApart(AudioFrame voice, AudioFrame spoken) {
        short[] left = upsampler.resample(voice.pcm());
        short[] right = spokenUpsampler.resample(spoken.pcm());
        var both = new short[2 * left.length];
        for (int i = 0; i < left.length; i++) {
            both[2 * i] = left[i];
            both[2 * i + 1] = right[i];
        }
        deliver(bytes(both));
    }

    private void deliver(byte[] pcm) {
        // The client's clock goes on, whether or not it is there.
        playedNanos = Math.max(playedNanos, loop.nanoTime()) + FRAME_NANOS;
        if (wire == null) {
            meters.unheard().increment();
        } else if (wire.isFull()) {
            meters.slow().increment();
        } else if (binary) {
            wire.binary(pcm);
        } else {
            wire.text(words.audio(pcm));
        }
    }

    static byte[] bytes(short[] samples) {
        var pcm = new byte[2 * samples.length];
        for (int i = 0; i < samples.length; i++) {
            pcm[2 * i] = (byte) samples[i];
            pcm[2 * i + 1] = (byte) (samples[i] >> 8);
        }
        return pcm;
    }

    @Override
    public void whenPlayed(Runnable played) {
        long left = Math.max(0, playedNanos - loop.nanoTime());
        loop.schedule(PLAYOUT_DELAY.plusNanos(left), played);
    }

    /// Nothing waits here to be played.
    @Override
    public void clear() {
        playedNanos = loop.nanoTime();
    }
}
