package io.sandalphone.transport;

import io.sandalphone.media.AudioFrame;
import io.sandalphone.media.FrameSource;
import io.sandalphone.media.codec.Downsampler;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// What is still to be said to one caller, as frames, each with the marks behind it. Holds no thread and reads no clock. Runs
/// on the call's loop, but for [#reserve].
///
/// What does not fill a frame waits for what follows; it is filled up with silence when a mark stands behind it, or by [#flush].
final class Mouth implements FrameSource {
    /// The bytes of 20 ms at 16 kHz.
    static final int FRAME_BYTES = 2 * AudioFrame.samples(16_000);

    private final long mostBytes;
    private final Consumer<Runnable> whenPlayed;
    private final Downsampler narrow = new Downsampler();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Set<Awaited> awaited = new HashSet<>();
    private final AtomicLong unsent = new AtomicLong();
    private final byte[] rest = new byte[FRAME_BYTES];
    private int resting;
    private long position;

    /// Hears what becomes of a mark, once.
    @FunctionalInterface
    interface Awaited {
        void over(boolean played);
    }

    // An array, because sound is primitives; nobody compares frames by value.
    @SuppressWarnings("ArrayRecordComponent")
    private record Frame(byte[] pcm, int reserved, List<Awaited> marks) {}

    /// `whenPlayed` takes what is run when the carrier has played the frame that is just being asked for.
    Mouth(long mostBytes, Consumer<Runnable> whenPlayed) {
        this.mostBytes = mostBytes;
        this.whenPlayed = whenPlayed;
    }

    /// Whether there is room for so many bytes more, which are taken then; [#append] is to follow. Any thread.
    boolean reserve(int bytes) {
        if (unsent.addAndGet(bytes) <= mostBytes) {
            return true;
        }
        unsent.addAndGet(-bytes);
        return false;
    }

    /// More to say, for which there is room.
    void append(byte[] pcm) {
        int taken = 0;
        while (taken < pcm.length) {
            int part = Math.min(FRAME_BYTES - resting, pcm.length - taken);
            System.arraycopy(pcm, taken, rest, resting, part);
            resting += part;
            taken += part;
            if (resting == FRAME_BYTES) {
                flush();
            }
        }
    }

    /// Takes a mark behind what was appended. A frame is reserved for it until it is over, so that there are not any number.
    void mark(Awaited mark) {
        flush();
        if (frames.isEmpty()) {
            frames.addLast(new Frame(new byte[FRAME_BYTES], 0, new ArrayList<>()));
        }
        awaited.add(mark);
        frames.getLast().marks().add(mark);
    }

    /// What does not fill a frame waits no longer.
    void flush() {
        if (resting > 0) {
            frames.addLast(new Frame(Arrays.copyOf(rest, FRAME_BYTES), resting, new ArrayList<>()));
            Arrays.fill(rest, (byte) 0);
            resting = 0;
        }
    }

    /// Whether nothing waits, not even less than a frame.
    boolean isEmpty() {
        return frames.isEmpty() && resting == 0;
    }

    @Override
    public @Nullable AudioFrame poll() {
        Frame next = frames.pollFirst();
        if (next == null) {
            return null;
        }
        unsent.addAndGet(-next.reserved());
        for (Awaited mark : next.marks()) {
            whenPlayed.accept(() -> over(mark, true));
        }
        var wide = new short[FRAME_BYTES / 2];
        ByteBuffer.wrap(next.pcm()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(wide);
        var frame = new AudioFrame(narrow.resample(wide), AudioFrame.TELEPHONE_RATE, position);
        position = frame.end();
        return frame;
    }

    private void over(Awaited mark, boolean played) {
        if (awaited.remove(mark)) {
            unsent.addAndGet(-FRAME_BYTES);
            mark.over(played);
        }
    }

    /// Forgets what was not asked for. No mark that is outstanding is played any more.
    void clear() {
        frames.forEach(frame -> unsent.addAndGet(-frame.reserved()));
        unsent.addAndGet(-resting);
        frames.clear();
        Arrays.fill(rest, (byte) 0);
        resting = 0;
        List.copyOf(awaited).forEach(mark -> over(mark, false));
    }
}
