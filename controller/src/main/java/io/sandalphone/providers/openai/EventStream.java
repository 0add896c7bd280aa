package io.sandalphone.providers.openai;

import okio.BufferedSource;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;

/// Reads server-sent events (HTML Living Standard, 9.2): the `data` of one after the other, however the network cuts them.
/// Comments and other fields are passed over. Blocks.
final class EventStream {
    /// No server writes longer lines; one that does is flooding us.
    private static final long LONGEST_LINE = 1 << 20;

    private static final int MOST_DATA = 1 << 20;

    private final BufferedSource source;

    EventStream(BufferedSource source) {
        this.source = source;
    }

    /// The data of the next event; null when there are no more. What an event without an end held is dropped, as the standard
    /// says.
    @Nullable String next() throws IOException {
        StringBuilder data = null;
        while (true) {
            String line = line();
            if (line == null) {
                return null;
            }
            if (line.isEmpty()) {
                if (data != null) {
                    return data.toString();
                }
            } else if (line.startsWith("data:")) {
                String value = line.substring(line.startsWith("data: ") ? 6 : 5);
                data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
                if (data.length() > MOST_DATA) {
                    throw new IOException("an event without end");
                }
            }
        }
    }

    private @Nullable String line() throws IOException {
        if (source.exhausted()) {
            return null;
        }
        try {
            return source.readUtf8LineStrict(LONGEST_LINE);
        } catch (EOFException endless) {
            if (source.getBuffer().size() > LONGEST_LINE) {
                throw new IOException("a line without end", endless);
            }
            return null;
        }
    }
}
