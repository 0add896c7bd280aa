package io.sandalphone.harness.sip;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;

/// One RTP source (RFC 3550): numbers packets and stamps them. Holds no thread; its owner locks.
///
/// The clock goes on whether or not packets are sent, so a pause shows as a jump of the timestamp.
final class RtpSource {
    private static final int VERSION_2 = 0x80;
    private static final int HEADER = 12;

    private final int ssrc;
    private int sequence;
    private int timestamp = ThreadLocalRandom.current().nextInt();
    private boolean marked = true;

    RtpSource(int ssrc, int sequence) {
        this.ssrc = ssrc;
        this.sequence = sequence;
    }

    static RtpSource random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new RtpSource(random.nextInt(), random.nextInt(1 << 16));
    }

    /// The same source as a far end that began to count elsewhere: `by` numbers further on.
    RtpSource jumpedBy(int by) {
        var jumped = new RtpSource(ssrc, sequence + by);
        jumped.timestamp = timestamp;
        return jumped;
    }

    /// This source, counting from `by` numbers further than `other` has come.
    RtpSource numberedFrom(RtpSource other, int by) {
        return new RtpSource(ssrc, other.sequence + by);
    }

    int timestamp() {
        return timestamp;
    }

    /// Moves the clock on by one frame.
    void tick() {
        timestamp += SpeechQueue.FRAME;
    }

    /// Marks the next packet as the first after a pause.
    void mark() {
        marked = true;
    }

    /// The next packet, of the current time.
    ByteBuffer packet(int payloadType, byte[] payload) {
        return packet(payloadType, timestamp, payload);
    }

    ByteBuffer packet(int payloadType, int timestamp, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(HEADER + payload.length);
        packet.put((byte) VERSION_2).put((byte) (payloadType | (marked ? 0x80 : 0)));
        packet.putShort((short) sequence++).putInt(timestamp).putInt(ssrc).put(payload);
        marked = false;
        return packet.flip();
    }
}
