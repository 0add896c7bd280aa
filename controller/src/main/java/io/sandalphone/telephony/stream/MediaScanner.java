package io.sandalphone.telephony.stream;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/// Finds the few fields of a media message where they stand in its bytes, without building a tree: fifty
/// of them come each second on every leg. Any other message is only told to be none of sound.
///
/// `event` and the stream's id are looked for in the message and in the objects directly within it,
/// what belongs to the sound in the object `media`; numbers may be written as text; the order and
/// whatever else is there do not matter. Where a name stands twice the first one counts.
///
/// One scanner is used for one stream after another message; one thread at a time.
public final class MediaScanner {
    private static final byte[] EVENT = ascii("event");
    private static final byte[] MEDIA = ascii("media");
    private static final byte[] STREAM_SID = ascii("streamSid");
    private static final byte[] STREAM_ID = ascii("stream_id");
    private static final byte[] PAYLOAD = ascii("payload");
    private static final byte[] TIMESTAMP = ascii("timestamp");
    private static final byte[] CHUNK = ascii("chunk");
    private static final byte[] TRACK = ascii("track");
    private static final byte[] OUTBOUND = ascii("outbound");
    private static final int DEEPEST = 32;
    private static final int MOST_DIGITS = 15;

    // Where a value stands: its first byte and the one behind its last; empty at first.
    private static final class Span {
        int from = -1;
        int to = -1;
        boolean escaped;

        void forget() {
            from = -1;
            to = -1;
            escaped = false;
        }

        boolean isThere() {
            return from >= 0;
        }
    }

    private byte[] text = new byte[0];
    private int at;
    private boolean lastEscaped;
    private final Span event = new Span();
    private final Span stream = new Span();
    private final Span payload = new Span();
    private final Span timestamp = new Span();
    private final Span chunk = new Span();
    private final Span track = new Span();

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Reads a message. False when it is no JSON object, as far as can be told without reading what
    /// nobody asks for.
    public boolean scan(byte[] message) {
        text = message;
        at = 0;
        event.forget();
        stream.forget();
        payload.forget();
        timestamp.forget();
        chunk.forget();
        track.forget();
        try {
            skipSpace();
            object(1, false);
            skipSpace();
            return at == text.length;
        } catch (Malformed _) {
            return false;
        }
    }

    /// Whether it is a message of sound.
    public boolean isMedia() {
        return is(event, MEDIA);
    }

    /// Whether it names this stream, or none at all.
    public boolean isOf(byte[] streamId) {
        return !stream.isThere() || is(stream, streamId);
    }

    /// Whether the sound is what we sent ourselves, which some carriers return.
    public boolean isOutbound() {
        return track.isThere()
                && track.to - track.from >= OUTBOUND.length
                && Arrays.equals(
                        text,
                        track.from,
                        track.from + OUTBOUND.length,
                        OUTBOUND,
                        0,
                        OUTBOUND.length);
    }

    /// The bytes of the sound, or null when there are none that can be read.
    public byte @Nullable [] payload() {
        if (!payload.isThere()) {
            return null;
        }
        try {
            if (payload.escaped) {
                // `\/` is how some write a slash.
                String written =
                        new String(
                                text,
                                payload.from,
                                payload.to - payload.from,
                                StandardCharsets.ISO_8859_1);
                return Base64.getDecoder().decode(written.replace("\\/", "/"));
            }
            ByteBuffer decoded =
                    Base64.getDecoder()
                            .decode(ByteBuffer.wrap(text, payload.from, payload.to - payload.from));
            return decoded.limit() == decoded.array().length
                    ? decoded.array()
                    : Arrays.copyOf(decoded.array(), decoded.limit());
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// The time of the sound in milliseconds since the stream began, or -1.
    public long timestamp() {
        return number(timestamp);
    }

    /// The number of the piece of sound, or -1.
    public long chunk() {
        return number(chunk);
    }

    private long number(Span span) {
        int digits = span.to - span.from;
        if (!span.isThere() || digits == 0 || digits > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = span.from; i < span.to; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private boolean is(Span span, byte[] expected) {
        return span.isThere()
                && Arrays.equals(text, span.from, span.to, expected, 0, expected.length);
    }

    // What follows reads JSON (RFC 8259) as far as it must to find its way.

    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed() {
            super("not JSON", null, false, false);
        }
    }

    private byte next() throws Malformed {
        if (at >= text.length) {
            throw new Malformed();
        }
        return text[at];
    }

    private void skipSpace() {
        while (at < text.length
                && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    private void take(char expected) throws Malformed {
        if (next() != expected) {
            throw new Malformed();
        }
        at++;
    }

    /// An object at `depth`, of which the message itself is 1; `media` when it is that object.
    private void object(int depth, boolean media) throws Malformed {
        if (depth > DEEPEST) {
            throw new Malformed();
        }
        take('{');
        skipSpace();
        if (next() == '}') {
            at++;
            return;
        }
        while (true) {
            skipSpace();
            int nameFrom = at + 1;
            string();
            int nameTo = at - 1;
            skipSpace();
            take(':');
            skipSpace();
            value(depth, media, nameFrom, nameTo);
            skipSpace();
            if (next() == ',') {
                at++;
            } else {
                take('}');
                return;
            }
        }
    }

    private void value(int depth, boolean media, int nameFrom, int nameTo) throws Malformed {
        if (next() == '{') {
            object(depth + 1, depth == 1 && isName(nameFrom, nameTo, MEDIA));
            return;
        }
        Span span = depth > 2 ? null : wanted(depth, media, nameFrom, nameTo);
        int from = at;
        lastEscaped = false;
        scalarOrArray(depth);
        if (span != null && !span.isThere() && text[from] != '[') {
            boolean quoted = text[from] == '"';
            span.from = quoted ? from + 1 : from;
            span.to = quoted ? at - 1 : at;
            span.escaped = lastEscaped;
        }
    }

    private @Nullable Span wanted(int depth, boolean media, int nameFrom, int nameTo) {
        if (media) {
            Span ofSound = ofSound(nameFrom, nameTo);
            if (ofSound != null) {
                return ofSound;
            }
        }
        if (depth == 1 && isName(nameFrom, nameTo, EVENT)) {
            return event;
        }
        return isName(nameFrom, nameTo, STREAM_SID) || isName(nameFrom, nameTo, STREAM_ID)
                ? stream
                : null;
    }

    private @Nullable Span ofSound(int nameFrom, int nameTo) {
        if (isName(nameFrom, nameTo, PAYLOAD)) {
            return payload;
        }
        if (isName(nameFrom, nameTo, TIMESTAMP)) {
            return timestamp;
        }
        if (isName(nameFrom, nameTo, CHUNK)) {
            return chunk;
        }
        return isName(nameFrom, nameTo, TRACK) ? track : null;
    }

    private boolean isName(int from, int to, byte[] name) {
        return Arrays.equals(text, from, to, name, 0, name.length);
    }

    private void scalarOrArray(int depth) throws Malformed {
        switch (next()) {
            case '"' -> string();
            case '[' -> array(depth + 1);
            default -> bare();
        }
    }

    private void array(int depth) throws Malformed {
        if (depth > DEEPEST) {
            throw new Malformed();
        }
        take('[');
        skipSpace();
        if (next() == ']') {
            at++;
            return;
        }
        while (true) {
            skipSpace();
            if (next() == '{') {
                // Deeper than anything that is looked for.
                object(Math.max(3, depth + 1), false);
            } else {
                scalarOrArray(depth);
            }
            skipSpace();
            if (next() == ',') {
                at++;
            } else {
                take(']');
                return;
            }
        }
    }

    private void string() throws Malformed {
        take('"');
        while (next() != '"') {
            if (text[at] == '\\') {
                lastEscaped = true;
                at++;
                next();
            }
            at++;
        }
        at++;
    }

    /// A number, `true`, `false` or `null`.
    private void bare() throws Malformed {
        int from = at;
        while (at < text.length && isBare(text[at])) {
            at++;
        }
        if (at == from) {
            throw new Malformed();
        }
    }

    private static boolean isBare(byte character) {
        return (character >= '0' && character <= '9')
                || (character >= 'a' && character <= 'z')
                || character == 'E'
                || character == '-'
                || character == '+'
                || character == '.';
    }
}
