package io.sandalphone.media;

import java.util.ArrayDeque;
import java.util.Deque;

/// Mono PCM that comes in pieces of any length and leaves in others, and can be looked at before it leaves.
/// Keeps the pieces it is given; nobody may change them. Belongs to one thread.
final class SampleQueue {
    private final Deque<short[]> pieces = new ArrayDeque<>();
    // Of the first piece.
    private int taken;
    private int size;

    void append(short[] pcm) {
        if (pcm.length > 0) {
            pieces.addLast(pcm);
            size += pcm.length;
        }
    }

    int size() {
        return size;
    }

    void clear() {
        pieces.clear();
        taken = 0;
        size = 0;
    }

    /// The first `count` samples, which stay.
    short[] peek(int count) {
        var seen = new short[count];
        int filled = 0;
        int from = taken;
        for (short[] piece : pieces) {
            int part = Math.min(count - filled, piece.length - from);
            System.arraycopy(piece, from, seen, filled, part);
            filled += part;
            from = 0;
            if (filled == count) {
                return seen;
            }
        }
        throw new IllegalArgumentException("no " + count + " samples, only " + size);
    }

    /// Moves the first `count` samples to `out`, from `at` on.
    void take(short[] out, int at, int count) {
        int filled = 0;
        while (filled < count) {
            short[] piece = pieces.getFirst();
            int part = Math.min(count - filled, piece.length - taken);
            System.arraycopy(piece, taken, out, at + filled, part);
            filled += part;
            leave(part);
        }
    }

    /// Drops the first `count` samples.
    void drop(int count) {
        int left = count;
        while (left > 0) {
            int part = Math.min(left, pieces.getFirst().length - taken);
            left -= part;
            leave(part);
        }
    }

    private void leave(int part) {
        taken += part;
        size -= part;
        if (taken == pieces.getFirst().length) {
            pieces.removeFirst();
            taken = 0;
        }
    }
}
