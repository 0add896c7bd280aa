package io.sandalphone.harness.capture;

import io.sandalphone.harness.measure.MuLaw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Writes small capture files, packet by packet.
public final class PcapFile {
    private static final int UDP_START = 14 + 20;

    private final ByteOrder order;
    private final boolean nanoseconds;
    private final List<Entry> records = new ArrayList<>();

    // Nobody compares entries by value.
    @SuppressWarnings("ArrayRecordComponent")
    private record Entry(long nanos, byte[] packet) {}

    public PcapFile() {
        this(ByteOrder.LITTLE_ENDIAN, true);
    }

    public PcapFile(ByteOrder order, boolean nanoseconds) {
        this.order = order;
        this.nanoseconds = nanoseconds;
    }

    public PcapFile rtp(long nanos, int from, int to, boolean marker, int frame, short[] pcm) {
        ByteBuffer rtp = ByteBuffer.allocate(12 + pcm.length);
        rtp.put((byte) 0x80).put((byte) (marker ? 0x80 : 0)).putShort((short) frame);
        rtp.putInt(frame * 160).putInt(7).put(MuLaw.encode(pcm));
        return udp(nanos, from, to, rtp.array());
    }

    public PcapFile udp(long nanos, int from, int to, byte[] payload) {
        return ip(nanos, 17, 0, from, to, payload);
    }

    public PcapFile ip(long nanos, int protocol, int fragment, int from, int to, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(UDP_START + 8 + payload.length);
        packet.putShort(12, (short) 0x0800).put(14, (byte) 0x45);
        packet.putShort(20, (short) fragment).put(23, (byte) protocol);
        packet.putShort(UDP_START, (short) from).putShort(UDP_START + 2, (short) to);
        packet.putShort(UDP_START + 4, (short) (8 + payload.length));
        packet.put(UDP_START + 8, payload);
        return packet(nanos, packet.array());
    }

    public PcapFile tcp(long nanos, int from, int to, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(UDP_START + 20 + payload.length);
        packet.putShort(12, (short) 0x0800).put(14, (byte) 0x45).put(23, (byte) 6);
        packet.putShort(16, (short) (packet.limit() - 14));
        packet.putShort(UDP_START, (short) from).putShort(UDP_START + 2, (short) to);
        packet.put(UDP_START + 12, (byte) 0x50).put(UDP_START + 20, payload);
        return packet(nanos, packet.array());
    }

    public PcapFile packet(long nanos, byte[] packet) {
        records.add(new Entry(nanos, packet));
        return this;
    }

    /// Writes the records by time, without the last `missing` bytes.
    public Path write(Path file, int missing) throws IOException {
        records.sort(Comparator.comparingLong(Entry::nanos));
        int size = records.stream().mapToInt(record -> 16 + record.packet().length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(24 + size).order(order);
        bytes.putInt(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4);
        bytes.putInt(20, 1).position(24);
        for (Entry record : records) {
            long fraction = record.nanos() % 1_000_000_000;
            bytes.putInt((int) (record.nanos() / 1_000_000_000));
            bytes.putInt((int) (nanoseconds ? fraction : fraction / 1000));
            bytes.putInt(record.packet().length).putInt(record.packet().length);
            bytes.put(record.packet());
        }
        return Files.write(file, java.util.Arrays.copyOf(bytes.array(), 24 + size - missing));
    }
}
