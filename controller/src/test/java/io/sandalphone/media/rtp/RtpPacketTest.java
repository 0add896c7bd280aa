package io.sandalphone.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.media.rtp.RtpPacket.Verdict;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;

class RtpPacketTest {
    private final RtpPacket packet = new RtpPacket();

    @Test
    void a_written_header_reads_back() {
        var buffer = ByteBuffer.allocateDirect(12 + 160);
        RtpPacket.writeHeader(buffer, true, 8, 0x1fffe, 0xfedcba98, 0x89abcdef);
        assertEquals(Verdict.VALID, packet.parse(buffer));
        assertTrue(packet.marker());
        assertEquals(8, packet.payloadType());
        assertEquals(0xfffe, packet.sequence());
        assertEquals(0xfedcba98, packet.timestamp());
        assertEquals(0x89abcdef, packet.ssrc());
        assertEquals(12, packet.payloadOffset());
        assertEquals(160, packet.payloadLength());
    }

    @Test
    void a_packet_is_written_byte_for_byte_as_rfc_3550_draws_it() {
        var buffer = ByteBuffer.allocate(12);
        RtpPacket.writeHeader(buffer, false, 0, 0x0102, 0x03040506, 0x0708090a);
        assertEquals("80000102030405060708090a", HexFormat.of().formatHex(buffer.array()));
    }

    @ParameterizedTest
    @CsvSource({
        // header only
        "800000010000000200000003, VALID, 12, 0",
        // two contributing sources
        "82000001000000020000000300000004000000057f, VALID, 20, 1",
        // an extension of one word
        "90000001000000020000000300010001000000007f7f, VALID, 20, 2",
        // an empty extension
        "900000010000000200000003000100007f, VALID, 16, 1",
        // three bytes of padding
        "a000000100000002000000037f7f000003, VALID, 12, 2",
        // nothing but padding
        "a00000010000000200000003000003, VALID, 12, 0",
    })
    void headers_of_all_shapes_are_read(String hex, Verdict verdict, int offset, int length) {
        assertEquals(verdict, packet.parse(bytes(hex)));
        assertEquals(offset, packet.payloadOffset());
        assertEquals(length, packet.payloadLength());
    }

    @ParameterizedTest
    @CsvSource({
        "'', TRUNCATED",
        "8000000100000002000000, TRUNCATED",
        "400000010000000200000003, OTHER_VERSION",
        "000000010000000200000003, OTHER_VERSION",
        // contributing sources that are not there
        "8f0000010000000200000003, TRUNCATED",
        // an extension without its own header, without its words, and the longest of all
        "900000010000000200000003, TRUNCATED",
        "90000001000000020000000300010001, TRUNCATED",
        "9000000100000002000000030001ffff, TRUNCATED",
        // padding of none, of more than there is, and in no payload
        "a000000100000002000000037f00, BAD_PADDING",
        "a000000100000002000000037f03, BAD_PADDING",
        "a00000010000000200000003, BAD_PADDING",
    })
    void broken_packets_get_a_verdict(String hex, Verdict verdict) {
        assertEquals(verdict, packet.parse(bytes(hex)));
    }

    @Test
    void a_packet_in_the_midst_of_a_buffer_is_read_there() {
        var buffer = ByteBuffer.allocate(40);
        buffer.put(5, bytes("80000007000000020000000301020304"), 0, 16);
        buffer.position(5).limit(21);
        assertEquals(Verdict.VALID, packet.parse(buffer));
        assertEquals(7, packet.sequence());
        assertEquals(17, packet.payloadOffset());
        assertEquals(4, packet.payloadLength());
        assertEquals(5, buffer.position());
        assertEquals(21, buffer.limit());
    }

    @Test
    void hostile_bytes_never_throw_and_never_point_outside() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        int valid = 0;
        for (int i = 0; i < 200_000; i++) {
            var bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextInt(4) > 0) {
                bytes[0] = (byte) (0x80 | (bytes[0] & 0x3f));
            }
            if (packet.parse(ByteBuffer.wrap(bytes)) == Verdict.VALID) {
                valid++;
                int end = packet.payloadOffset() + packet.payloadLength();
                assertTrue(packet.payloadOffset() >= 12, "seed " + seed);
                assertTrue(packet.payloadLength() >= 0, "seed " + seed);
                assertTrue(end <= bytes.length, "seed " + seed);
            }
        }
        assertFalse(valid == 0, "seed " + seed);
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
