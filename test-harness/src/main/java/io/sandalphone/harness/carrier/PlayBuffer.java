package io.sandalphone.harness.carrier;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;

/// What a carrier has been sent and has not played yet: sound in order, and marks between it. It
/// drains as fast as its owner's clock says; it holds none itself.
final class PlayBuffer {
    private final Queue<byte[]> pieces = new ArrayDeque<>();
    private final Queue<Mark> marks = new ArrayDeque<>();
    private int readInFirst;
    private long queued;
    private long played;

    /// A mark is reached when as many bytes were played as had been queued before it.
    private record Mark(String name, long at) {}

    /// What one drain gave: `sound`, shorter than asked when there was no more, and the marks reached by
    /// it, in order.
    // An array, because sound is primitives; nobody compares drains by value.
    @SuppressWarnings("ArrayRecordComponent")
    record Drained(byte[] sound, List<String> marks) {}

    /// Queues `sound` behind all that is there.
    void play(byte[] sound) {
        if (sound.length > 0) {
            pieces.add(sound);
            queued += sound.length;
        }
    }

    /// Queues a mark behind all that is there. In an empty buffer it is reached by the next drain.
    void mark(String name) {
        marks.add(new Mark(name, queued));
    }

    /// How many bytes wait to be played.
    long buffered() {
        return queued - played;
    }

    /// The next `length` bytes, or what there is of them.
    Drained drain(int length) {
        byte[] sound = new byte[(int) Math.min(length, buffered())];
        int filled = 0;
        while (filled < sound.length) {
            byte[] first = pieces.element();
            int taken = Math.min(first.length - readInFirst, sound.length - filled);
            System.arraycopy(first, readInFirst, sound, filled, taken);
            filled += taken;
            readInFirst += taken;
            if (readInFirst == first.length) {
                pieces.remove();
                readInFirst = 0;
            }
        }
        played += sound.length;
        return new Drained(sound, reached());
    }

    /// Drops the sound that waits. Gives every mark that was behind some of it, in order: a carrier
    /// echoes them, though nobody heard what came before.
    List<String> clear() {
        pieces.clear();
        readInFirst = 0;
        queued = played;
        List<String> names = marks.stream().map(Mark::name).toList();
        marks.clear();
        return names;
    }

    /// The marks that are reached without any more sound.
    List<String> reached() {
        List<String> names = new ArrayList<>();
        for (Iterator<Mark> each = marks.iterator(); each.hasNext(); ) {
            Mark mark = each.next();
            if (mark.at() > played) {
                break;
            }
            names.add(mark.name());
            each.remove();
        }
        return names;
    }

    /// `sound` with `filler` behind it up to `length`.
    static byte[] padded(byte[] sound, int length, byte filler) {
        if (sound.length == length) {
            return sound;
        }
        byte[] padded = Arrays.copyOf(sound, length);
        Arrays.fill(padded, sound.length, length, filler);
        return padded;
    }
}
