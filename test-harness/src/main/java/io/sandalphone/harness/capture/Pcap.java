package io.sandalphone.harness.capture;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Reads the capture files of tcpdump (libpcap's classic format, link type Ethernet), with
/// timestamps in nanoseconds or in microseconds.
public final class Pcap {
    private static final int NANOSECONDS = 0xa1b23c4d;
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int ETHERNET = 1;
    private static final int ETHERNET_HEADER = 14;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int PROTOCOL_UDP = 17;
    private static final int UDP_HEADER = 8;
    private static final int PROTOCOL_TCP = 6;
    private static final int TCP_HEADER = 20;

    private Pcap() {}

    /// Hands every UDP datagram over IPv4 in `file` to `datagrams`, in the order of the file; other
    /// packets and fragments are passed over. A record cut off at the end of the file is left out.
    public static void read(Path file, Consumer<CapturedDatagram> datagrams) throws IOException {
        packets(file, PROTOCOL_UDP, UDP_HEADER, packet -> datagrams.accept(datagram(packet)));
    }

    /// The same of TCP segments that carry something, of which no more than their headers need have been
    /// captured.
    public static void readTcp(Path file, Consumer<CapturedSegment> segments) throws IOException {
        packets(
                file,
                PROTOCOL_TCP,
                TCP_HEADER,
                packet -> {
                    CapturedSegment segment = segment(packet);
                    if (segment.length() > 0) {
                        segments.accept(segment);
                    }
                });
    }

    /// A packet over IPv4, and where in it the header of its protocol begins.
    private record Packet(long nanos, ByteBuffer bytes, int at) {}

    private static void packets(Path file, int protocol, int header, Consumer<Packet> packets)
            throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            packets(new DataInputStream(in), protocol, header, packets);
        }
    }

    private static void packets(
            DataInputStream in, int protocol, int shortest, Consumer<Packet> packets)
            throws IOException {
        ByteBuffer header = ByteBuffer.wrap(in.readNBytes(FILE_HEADER));
        if (header.remaining() < FILE_HEADER) {
            throw new IOException("no capture file: too short");
        }
        // The file is in the byte order of the machine that wrote it.
        int magic = header.order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        if (magic != NANOSECONDS && magic != MICROSECONDS) {
            magic = header.order(ByteOrder.BIG_ENDIAN).getInt(0);
        }
        if (magic != NANOSECONDS && magic != MICROSECONDS) {
            throw new IOException("no capture file: it begins with " + Integer.toHexString(magic));
        }
        if (header.getInt(20) != ETHERNET) {
            throw new IOException("link type " + header.getInt(20) + " is not Ethernet");
        }
        long unit = magic == NANOSECONDS ? 1 : 1000;
        byte[] recordHeader = new byte[RECORD_HEADER];
        ByteBuffer record = ByteBuffer.wrap(recordHeader).order(header.order());
        try {
            while (true) {
                in.readFully(recordHeader);
                byte[] packet = new byte[record.getInt(8)];
                in.readFully(packet);
                long seconds = Integer.toUnsignedLong(record.getInt(0));
                long nanos = seconds * 1_000_000_000 + record.getInt(4) * unit;
                take(nanos, ByteBuffer.wrap(packet), protocol, shortest, packets);
            }
        } catch (EOFException _) {
            // tcpdump was ended; what it had not written whole is not there.
        }
    }

    private static void take(
            long nanos, ByteBuffer packet, int protocol, int shortest, Consumer<Packet> packets) {
        int ip = ETHERNET_HEADER;
        if (packet.limit() < ip + 20 || packet.getShort(12) != TYPE_IPV4) {
            return;
        }
        int at = ip + 4 * (packet.get(ip) & 0x0f);
        boolean fragment = (packet.getShort(ip + 6) & 0x3fff) != 0;
        if (packet.get(ip + 9) == protocol && !fragment && packet.limit() >= at + shortest) {
            packets.accept(new Packet(nanos, packet, at));
        }
    }

    private static CapturedDatagram datagram(Packet packet) {
        ByteBuffer bytes = packet.bytes();
        int start = packet.at() + UDP_HEADER;
        int whole = Short.toUnsignedInt(bytes.getShort(packet.at() + 4)) - UDP_HEADER;
        byte[] payload = new byte[Math.max(0, Math.min(whole, bytes.limit() - start))];
        bytes.get(start, payload);
        return new CapturedDatagram(
                packet.nanos(),
                Short.toUnsignedInt(bytes.getShort(packet.at())),
                Short.toUnsignedInt(bytes.getShort(packet.at() + 2)),
                payload);
    }

    private static CapturedSegment segment(Packet packet) {
        ByteBuffer bytes = packet.bytes();
        int whole = Short.toUnsignedInt(bytes.getShort(ETHERNET_HEADER + 2));
        int header = 4 * (bytes.get(packet.at() + 12) >> 4 & 0x0f);
        return new CapturedSegment(
                packet.nanos(),
                Short.toUnsignedInt(bytes.getShort(packet.at())),
                Short.toUnsignedInt(bytes.getShort(packet.at() + 2)),
                whole - (packet.at() - ETHERNET_HEADER) - header);
    }
}
