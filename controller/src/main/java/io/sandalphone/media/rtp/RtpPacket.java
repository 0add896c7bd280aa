package io.sandalphone.media.rtp;

import java.nio.ByteBuffer;

/// A view of one RTP packet (RFC 3550, 5.1) where it lies; reading one after another allocates
/// nothing. The accessors speak of the packet that [#parse] last called [Verdict#VALID].
public final class RtpPacket {
    /// The length of the header that [#writeHeader] writes: no contributing sources, no extension.
    public static final int HEADER_BYTES = 12;

    private static final int VERSION = 2;

    private boolean marker;
    private int payloadType;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private int payloadOffset;
    private int payloadLength;

    /// What a datagram turned out to be.
    public enum Verdict {
        VALID,
        /// Shorter than the header, or than the header says.
        TRUNCATED,
        /// Not version 2: not RTP at all.
        OTHER_VERSION,
        /// More padding than there is payload, or a padding length of zero.
        BAD_PADDING
    }

    /// Reads the datagram between `datagram`'s position and limit, and leaves both alone. Never
    /// throws.
    public Verdict parse(ByteBuffer datagram) {
        int start = datagram.position();
        int end = datagram.limit();
        if (end - start < HEADER_BYTES) {
            return Verdict.TRUNCATED;
        }
        int first = datagram.get(start);
        if ((first >> 6 & 0x3) != VERSION) {
            return Verdict.OTHER_VERSION;
        }
        int payload = start + HEADER_BYTES + 4 * (first & 0xf);
        boolean extension = (first & 0x10) != 0;
        if (extension) {
            if (end - payload < 4) {
                return Verdict.TRUNCATED;
            }
            payload += 4 + 4 * (datagram.getShort(payload + 2) & 0xffff);
        }
        if (payload > end) {
            return Verdict.TRUNCATED;
        }
        int padding = 0;
        boolean padded = (first & 0x20) != 0;
        if (padded) {
            padding = end > payload ? datagram.get(end - 1) & 0xff : 0;
            if (padding == 0 || padding > end - payload) {
                return Verdict.BAD_PADDING;
            }
        }
        int second = datagram.get(start + 1);
        marker = (second & 0x80) != 0;
        payloadType = second & 0x7f;
        sequence = datagram.getShort(start + 2) & 0xffff;
        timestamp = datagram.getInt(start + 4);
        ssrc = datagram.getInt(start + 8);
        payloadOffset = payload;
        payloadLength = end - padding - payload;
        return Verdict.VALID;
    }

    /// Writes a header at the start of `packet`, whatever its position, and leaves that alone.
    /// `sequence` counts in its lower 16 bits.
    public static void writeHeader(
            ByteBuffer packet,
            boolean marker,
            int payloadType,
            int sequence,
            int timestamp,
            int ssrc) {
        packet.put(0, (byte) (VERSION << 6));
        packet.put(1, (byte) ((marker ? 0x80 : 0) | payloadType));
        packet.putShort(2, (short) sequence);
        packet.putInt(4, timestamp);
        packet.putInt(8, ssrc);
    }

    public boolean marker() {
        return marker;
    }

    public int payloadType() {
        return payloadType;
    }

    /// 0 to 65535.
    public int sequence() {
        return sequence;
    }

    /// All 32 bits count; it wraps.
    public int timestamp() {
        return timestamp;
    }

    public int ssrc() {
        return ssrc;
    }

    /// Where the payload begins in the buffer that was parsed, as an absolute index.
    public int payloadOffset() {
        return payloadOffset;
    }

    /// Bytes of payload, padding left out.
    public int payloadLength() {
        return payloadLength;
    }
}
