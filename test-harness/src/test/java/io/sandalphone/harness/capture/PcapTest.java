package io.sandalphone.harness.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class PcapTest {
    private static final byte[] WORDS = {1, 2, 3};

    @TempDir Path folder;

    @Test
    void a_datagram_has_its_time_its_ports_and_what_it_carries() throws IOException {
        var datagram = only(new PcapFile().udp(5_000_000_123L, 40_000, 12, WORDS));
        assertEquals(5_000_000_123L, datagram.nanos());
        assertEquals(40_000, datagram.sourcePort());
        assertEquals(12, datagram.destinationPort());
        assertArrayEquals(WORDS, datagram.payload());
    }

    @Test
    void a_file_of_another_byte_order_in_microseconds_reads_alike() throws IOException {
        var file = new PcapFile(ByteOrder.BIG_ENDIAN, false).udp(5_000_123_000L, 1, 2, WORDS);
        assertEquals(5_000_123_000L, only(file).nanos());
    }

    @Test
    void what_is_not_a_whole_udp_datagram_is_passed_over() throws IOException {
        var file =
                new PcapFile()
                        .ip(1, 6, 0, 1, 2, WORDS)
                        .ip(2, 17, 0x2000, 1, 2, WORDS)
                        .packet(3, new byte[20])
                        .udp(4, 1, 2, WORDS);
        assertEquals(4, only(file).nanos());
    }

    @Test
    void a_record_cut_off_at_the_end_is_left_out() throws IOException {
        var file = new PcapFile().udp(1, 1, 2, WORDS).udp(2, 1, 2, WORDS);
        assertEquals(1, read(file.write(folder.resolve("cut"), 1)).size());
    }

    @Test
    void another_kind_of_file_is_refused() throws IOException {
        Path file = Files.write(folder.resolve("text"), new byte[100]);
        assertThrows(IOException.class, () -> read(file));
    }

    private CapturedDatagram only(PcapFile file) throws IOException {
        List<CapturedDatagram> datagrams = read(file.write(folder.resolve("file"), 0));
        assertEquals(1, datagrams.size());
        return datagrams.getFirst();
    }

    private static List<CapturedDatagram> read(Path file) throws IOException {
        List<CapturedDatagram> datagrams = new ArrayList<>();
        Pcap.read(file, datagrams::add);
        return datagrams;
    }
}
