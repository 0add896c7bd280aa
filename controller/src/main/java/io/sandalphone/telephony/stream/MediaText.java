package io.sandalphone.telephony.stream;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Writes media messages whose sound is in base64: what stands before and after it never changes on a
/// stream. One thread at a time.
public final class MediaText {
    private static final Base64.Encoder BASE64 = Base64.getEncoder();

    private final SoundCoding coding;
    private final byte[] before;
    private final byte[] after;
    private byte[] coded = new byte[0];
    private byte[] message = new byte[0];

    /// `before` and `after` are ASCII.
    public MediaText(SoundCoding coding, String before, String after) {
        this.coding = coding;
        this.before = before.getBytes(StandardCharsets.US_ASCII);
        this.after = after.getBytes(StandardCharsets.US_ASCII);
    }

    /// The message that holds `pcm`, which is of 8 kHz.
    public String write(short[] pcm) {
        int bytes = coding.bytes(pcm.length);
        if (coded.length != bytes) {
            size(bytes);
        }
        coding.encode(pcm, coded);
        byte[] payload = BASE64.encode(coded);
        System.arraycopy(payload, 0, message, before.length, payload.length);
        return new String(message, StandardCharsets.ISO_8859_1);
    }

    private void size(int bytes) {
        coded = new byte[bytes];
        int payload = (bytes + 2) / 3 * 4;
        message = new byte[before.length + payload + after.length];
        System.arraycopy(before, 0, message, 0, before.length);
        System.arraycopy(after, 0, message, before.length + payload, after.length);
    }
}
