package io.sandalphone.bus;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSource;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;

/// Sound that was prepared, played once: 8 kHz mono PCM, which nobody writes. Whoever polls keeps the time.
public final class Sentence implements FrameSource {
    private final short[] pcm;
    private int at;

    public Sentence(short[] pcm) {
        this.pcm = pcm;
    }

    Duration length() {
        return Duration.ofMillis(pcm.length * 1000L / AudioFrame.TELEPHONE_RATE);
    }

    /// Whether all of it was handed over.
    public boolean isOver() {
        return at >= pcm.length;
    }

    @Override
    public @Nullable AudioFrame poll() {
        if (isOver()) {
            return null;
        }
        int samples = AudioFrame.samples(AudioFrame.TELEPHONE_RATE);
        // The last is filled up with silence.
        var frame =
                new AudioFrame(
                        Arrays.copyOfRange(pcm, at, at + samples), AudioFrame.TELEPHONE_RATE, at);
        at += samples;
        return frame;
    }
}
