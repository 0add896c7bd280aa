package io.sandalphone.harness.capture;

import io.sandalphone.harness.measure.MuLaw;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// One captured RTP packet of 20 ms of mu-law (RFC 3550, RFC 3551). `nanos` as in
/// [CapturedDatagram].
// Nobody compares packets by value.
@SuppressWarnings("ArrayRecordComponent")
public record CapturedRtp(long nanos, boolean marker, int timestamp, byte[] codes) {
    public static final int SAMPLES = 160;

    /// How much of an IPv4 packet on Ethernet has to be captured.
    static final int SNAPSHOT = 14 + 20 + 8 + 12 + SAMPLES;

    private static final int HEADER = 12;

    /// Empty for everything else, RTP with contributing sources or extensions included: neither side
    /// of ours sends those.
    public static Optional<CapturedRtp> parse(CapturedDatagram datagram) {
        byte[] payload = datagram.payload();
        boolean plain =
                payload.length == HEADER + SAMPLES
                        && payload[0] == (byte) 0x80
                        && (payload[1] & 0x7f) == 0;
        if (!plain) {
            return Optional.empty();
        }
        return Optional.of(
                new CapturedRtp(
                        datagram.nanos(),
                        payload[1] < 0,
                        ByteBuffer.wrap(payload).getInt(4),
                        Arrays.copyOfRange(payload, HEADER, payload.length)));
    }

    public short[] pcm() {
        return MuLaw.decode(codes);
    }
}
