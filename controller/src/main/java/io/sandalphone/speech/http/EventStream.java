package io.sandalphone.speech.http;

import okio.BufferedSource;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// Reads server-sent events (HTML Living Standard, 9.2): the `data` of one after the other, however the network cuts them.
/// Comments and other fields are passed over. Blocks; one thread at a time.
public final class EventStream {
    private static final int MOST_DATA = 1 << 20;

    private final BodyLines lines;

    public EventStream(BufferedSource source) {
        lines = new BodyLines(source);
    }

    /// The data of the next event; null when there are no more. What an event without an end held is dropped, as the standard
    /// says.
    ///
    /// @throws OverlongException when a line, an event or the body has become too long
    public @Nullable String next() throws IOException, InterruptedException {
        StringBuilder data = null;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isEmpty()) {
                if (data != null) {
                    return data.toString();
                }
            } else if (line.startsWith("data:")) {
                String value = line.substring(line.startsWith("data: ") ? 6 : 5);
                data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
                if (data.length() > MOST_DATA) {
                    throw new OverlongException("an event");
                }
            }
        }
        return null;
    }
}
