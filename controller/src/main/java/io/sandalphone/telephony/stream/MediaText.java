package io.sandalphone.telephony.stream;

import io.sandalphone.media.codec.G711;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Writes media messages whose sound is G.711 in base64: what stands before and after it never changes
/// on a stream. One thread at a time.
public final class MediaText {
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private final G711 law;
    private final byte[] before;
    private final byte[] after;
    private byte[] coded = new byte[0];
    private byte[] message = new byte[0];

    /// `before` and `after` are ASCII.
    public MediaText(G711 law, String before, String after) {
        this.law = law;
        this.before = before.getBytes(StandardCharsets.US_ASCII);
        this.after = after.getBytes(StandardCharsets.US_ASCII);
    }

    /// The message that holds `pcm`.
    public String write(short[] pcm) {
        if (coded.length != pcm.length) {
            size(pcm.length);
        }
        law.encode(pcm, ByteBuffer.wrap(coded), 0);
        byte[] payload = BASE64.encode(coded);
        System.arraycopy(payload, 0, message, before.length, payload.length);
        return new String(message, StandardCharsets.ISO_8859_1);
    }

    private void size(int samples) {
        coded = new byte[samples];
        int payload = (samples + 2) / 3 * 4;
        message = new byte[before.length + payload + after.length];
        System.arraycopy(before, 0, message, 0, before.length);
        System.arraycopy(after, 0, message, before.length + payload, after.length);
    }
}
