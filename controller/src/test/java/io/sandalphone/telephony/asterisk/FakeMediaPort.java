package io.sandalphone.telephony.asterisk;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSink;
import io.sandalphone.media.FrameSource;
import io.sandalphone.media.rtp.MediaPort;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// A port on which a test says what is heard. Nothing is paced: what is spoken stays where it is.
final class FakeMediaPort implements MediaPort {
    private static final InetSocketAddress LOCAL =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000);

    final Map<InetSocketAddress, FakeStream> streams = new LinkedHashMap<>();

    @Override
    public InetSocketAddress localAddress() {
        return LOCAL;
    }

    @Override
    public FakeStream open(InetSocketAddress remote, Runnable lost) {
        var stream = new FakeStream(lost);
        FakeStream before = streams.put(remote, stream);
        if (before != null) {
            before.close();
        }
        return stream;
    }

    /// 20 ms of exact silence, or of sound.
    static AudioFrame frame(boolean sound) {
        short[] pcm = new short[160];
        if (sound) {
            Arrays.fill(pcm, (short) 1000);
        }
        return new AudioFrame(pcm, AudioFrame.TELEPHONE_RATE, 0);
    }

    /// How many streams are open.
    long open() {
        return streams.values().stream().filter(stream -> !stream.closed).count();
    }

    /// One far end.
    static final class FakeStream implements Stream {
        /// Runs when the stream is lost.
        final Runnable lost;

        boolean closed;
        private FrameSink ears = _ -> {};

        FakeStream(Runnable lost) {
            this.lost = lost;
        }

        /// The far end sends a frame.
        void send(AudioFrame frame) {
            if (!closed) {
                ears.accept(frame);
            }
        }

        @Override
        public void hear(FrameSink ears) {
            this.ears = ears;
        }

        @Override
        public void speak(FrameSource mouth, Runnable drained) {}

        @Override
        public void stop() {}

        @Override
        public void close() {
            closed = true;
        }
    }
}
