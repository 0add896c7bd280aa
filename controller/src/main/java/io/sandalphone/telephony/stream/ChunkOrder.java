package io.sandalphone.telephony.stream;

import java.util.Map;
import java.util.TreeMap;

/// Puts the pieces of a stream's sound into the order of their numbers, which carriers that hand them from
/// machine to machine do not keep. Holds at most [#MOST_HELD] that came before one that is missing; with
/// one more, that one is given up. A number far off, in either direction, begins another numbering.
final class ChunkOrder {
    /// How many pieces wait for one that is missing: 60 ms where each is a frame.
    static final int MOST_HELD = 3;

    private static final long FARTHEST = 100;

    // An array, because sound is primitives; nobody compares pieces by value.
    @SuppressWarnings("ArrayRecordComponent")
    private record Piece(short[] pcm, long millis) {}

    /// Takes the pieces in their order.
    @FunctionalInterface
    interface Sink {
        void accept(short[] pcm, long millis);
    }

    private final TreeMap<Long, Piece> held = new TreeMap<>();
    private long next = -1;

    /// Takes a piece and hands on what is in order now. False when it comes after a later one was handed
    /// on already, and is dropped. Without a number, a negative one, pieces keep the order in which they
    /// come.
    boolean put(long chunk, short[] pcm, long millis, Sink sink) {
        if (chunk < 0 || chunk == next || next < 0) {
            next = chunk + 1;
            sink.accept(pcm, millis);
            handOn(sink);
            return true;
        }
        if (Math.abs(chunk - next) > FARTHEST) {
            giveUpAll(sink);
            next = chunk + 1;
            sink.accept(pcm, millis);
            return true;
        }
        if (chunk < next || held.containsKey(chunk)) {
            return false;
        }
        held.put(chunk, new Piece(pcm, millis));
        if (held.size() > MOST_HELD) {
            next = held.firstKey();
            handOn(sink);
        }
        return true;
    }

    private void handOn(Sink sink) {
        for (Piece piece = held.remove(next); piece != null; piece = held.remove(next)) {
            next++;
            sink.accept(piece.pcm(), piece.millis());
        }
    }

    private void giveUpAll(Sink sink) {
        for (Map.Entry<Long, Piece> waiting : held.entrySet()) {
            sink.accept(waiting.getValue().pcm(), waiting.getValue().millis());
        }
        held.clear();
    }
}
