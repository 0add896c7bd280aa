package io.sandalphone.speech.http;

import okio.BufferedSource;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// Reads a body line by line, however the network cuts it: newline-delimited JSON, or what [EventStream] is made of. Lines
/// end with a line feed, before which a carriage return may stand. Blocks; one thread at a time.
public final class BodyLines {
    /// No server writes longer lines; one that does is flooding us.
    private static final long LONGEST_LINE = 1 << 20;

    /// What is said in ten minutes takes less, even where a line of JSON stands around each syllable.
    private static final long MOST = 16 << 20;

    private final BufferedSource source;
    private long taken;

    public BodyLines(BufferedSource source) {
        this.source = source;
    }

    /// The next line, the last one also where it has no end; null when there are no more.
    ///
    /// @throws OverlongException when a line, or the body, has become too long
    public @Nullable String next() throws IOException, InterruptedException {
        // Where lines are there already nothing waits, and so nothing else ends it.
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (source.exhausted()) {
            return null;
        }
        long length = source.indexOf((byte) '\n', 0, LONGEST_LINE + 1);
        if (length < 0 && source.getBuffer().size() > LONGEST_LINE) {
            throw new OverlongException("a line");
        }
        taken += length < 0 ? source.getBuffer().size() : length + 1;
        if (taken > MOST) {
            throw new OverlongException("an answer");
        }
        return source.readUtf8Line();
    }
}
