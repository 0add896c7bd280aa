package org.example.calls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// Finds where a caller begins and ends to speak, by how loud they are. One thread at a time.
final class Utterances {
    private static final double LOUD = 500;
    private static final int BEGIN_FRAMES = 3;
    private static final int END_FRAMES = 35;
    private static final int BEFORE_FRAMES = 10;
    private static final int LONGEST_BYTES = 30 * 32_000;

    private final Runnable begun;
    private final Consumer<byte[]> ended;
    private final Deque<byte[]> before = new ArrayDeque<>();
    private final ByteArrayOutputStream speech = new ByteArrayOutputStream();
    private boolean speaking;
    private int loud;
    private int quiet;

    /// @param begun run when somebody begins to speak
    /// @param ended takes what they said
    Utterances(Runnable begun, Consumer<byte[]> ended) {
        this.begun = begun;
        this.ended = ended;
    }

    /// The next 20 ms of the caller.
    void hear(byte[] pcm) {
        boolean isLoud = level(pcm) > LOUD;
        loud = isLoud ? loud + 1 : 0;
        quiet = isLoud ? 0 : quiet + 1;
        if (speaking) {
            speech.writeBytes(pcm);
            if (quiet >= END_FRAMES || speech.size() >= LONGEST_BYTES) {
                speaking = false;
                ended.accept(speech.toByteArray());
            }
            return;
        }
        before.addLast(pcm);
        if (before.size() > BEFORE_FRAMES) {
            before.removeFirst();
        }
        if (loud >= BEGIN_FRAMES) {
            speaking = true;
            speech.reset();
            before.forEach(speech::writeBytes);
            before.clear();
            begun.run();
        }
    }

    private static double level(byte[] pcm) {
        var samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        double sum = 0;
        int count = samples.remaining();
        while (samples.hasRemaining()) {
            double sample = samples.get();
            sum += sample * sample;
        }
        return Math.sqrt(sum / Math.max(1, count));
    }
}
