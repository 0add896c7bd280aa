package io.sandalphone.harness.sip;

import io.sandalphone.harness.measure.SoundTimeline;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Every RTP packet a phone got in one call, and what a listener makes of them.
///
/// Thread-safe: packets are added by the receiving thread and looked at by tests.
public final class RtpRecording {
    private static final int HEADER = 12;
    private static final int SAMPLES_PER_MILLI = 8;
    private static final long NANOS_PER_SAMPLE = 125_000;
    // What a player with a short jitter buffer bridges: two packets late is still in time.
    private static final int PLAYER_PATIENCE = 40 * SAMPLES_PER_MILLI;
    // A source whose timestamps leave the clock by more than this began to count again.
    private static final int NEW_COUNT = 500 * SAMPLES_PER_MILLI;
    // One whose every packet comes later than this, for so long, has stood still and not caught up:
    // a starved Asterisk counts 20 ms for
    // each packet that it sends, whenever it does.
    private static final long BEHIND = Duration.ofMillis(200).toNanos();
    private static final long FOR_GOOD = Duration.ofSeconds(2).toNanos();

    private final List<ReceivedPacket> packets = new ArrayList<>();
    private int malformed;

    /// Adds one datagram; gives the packet that it is.
    synchronized Optional<ReceivedPacket> add(ByteBuffer datagram, long arrivalNanos) {
        if (datagram.remaining() < HEADER || (datagram.get(0) & 0xC0) != 0x80) {
            malformed++;
            return Optional.empty();
        }
        int typeAndMarker = datagram.get(1) & 0xFF;
        int start = HEADER + 4 * (datagram.get(0) & 0x0F);
        if (datagram.remaining() < start) {
            malformed++;
            return Optional.empty();
        }
        byte[] payload = new byte[datagram.remaining() - start];
        datagram.get(start, payload);
        var packet =
                new ReceivedPacket(
                        arrivalNanos,
                        typeAndMarker & 0x7F,
                        typeAndMarker > 0x7F,
                        Short.toUnsignedInt(datagram.getShort(2)),
                        Integer.toUnsignedLong(datagram.getInt(4)),
                        datagram.getInt(8),
                        payload);
        packets.add(packet);
        return Optional.of(packet);
    }

    /// All packets, in order of arrival.
    public synchronized List<ReceivedPacket> packets() {
        return List.copyOf(packets);
    }

    /// How many datagrams were no RTP.
    public synchronized int malformed() {
        return malformed;
    }

    /// The packets that hold sound.
    public List<ReceivedPacket> sound() {
        return packets().stream().filter(each -> Codec.of(each.payloadType()).isPresent()).toList();
    }

    /// What came out of a player that starts each packet when it arrives or when the one before has
    /// ended, whichever is later, and forgives lateness of up to 40 ms. Lost and late packets are
    /// silence; a burst is played in full, later.
    public SoundTimeline heardByArrival() {
        List<ReceivedPacket> sound = sound();
        var tape = new Tape(sound);
        int expected = tape.sampleAt(tape.firstArrival());
        for (ReceivedPacket packet : sound) {
            int arrived = tape.sampleAt(packet.arrivalNanos());
            int at = arrived - expected > PLAYER_PATIENCE ? arrived : expected;
            tape.put(packet, at);
            expected = at + packet.payload().length;
        }
        return tape.timeline();
    }

    /// What was said, in the order and distance the sender gave it by its RTP timestamps, placed
    /// where the packet that travelled fastest arrived. Jitter and reordering are gone; what was
    /// lost is silence. A sender that falls behind for good is followed.
    public SoundTimeline heardByTimestamp() {
        List<ReceivedPacket> sound = sound();
        var tape = new Tape(sound);
        int begin = 0;
        for (int i = 1; i <= sound.size(); i++) {
            if (i == sound.size() || countsAnew(sound.get(i - 1), sound.get(i))) {
                place(sound.subList(begin, i), tape);
                begin = i;
            }
        }
        return tape.timeline();
    }

    /// What `packets` of sound hold, one after the other, whenever they came.
    public static short[] pcm(List<ReceivedPacket> packets) {
        int length = packets.stream().mapToInt(packet -> packet.payload().length).sum();
        var pcm = ShortBuffer.allocate(length);
        for (ReceivedPacket packet : packets) {
            pcm.put(Codec.of(packet.payloadType()).orElseThrow().decode(packet.payload()));
        }
        return pcm.array();
    }

    /// The longest time without sound between the two times, by arrival, its edges included.
    public Duration largestGap(long fromNanos, long toNanos) {
        long largest = 0;
        long last = fromNanos;
        for (ReceivedPacket packet : sound()) {
            if (packet.arrivalNanos() > fromNanos && packet.arrivalNanos() <= toNanos) {
                largest = Math.max(largest, packet.arrivalNanos() - last);
                last = packet.arrivalNanos();
            }
        }
        return Duration.ofNanos(Math.max(largest, toNanos - last));
    }

    /// `run` is counted through.
    private static void place(List<ReceivedPacket> run, Tape tape) {
        long reference = run.getFirst().timestamp();
        long[] transit =
                run.stream()
                        .mapToLong(
                                packet ->
                                        packet.arrivalNanos()
                                                - ticks(reference, packet.timestamp())
                                                        * NANOS_PER_SAMPLE)
                        .toArray();
        long[] ahead = fastestAhead(run, transit);
        int begin = 0;
        long fastest = transit[0];
        for (int i = 0; i < transit.length; i++) {
            if (ahead[i] - fastest > BEHIND) {
                place(run.subList(begin, i), reference, fastest, tape);
                begin = i;
                fastest = transit[i];
            }
            fastest = Math.min(fastest, transit[i]);
        }
        place(run.subList(begin, transit.length), reference, fastest, tape);
    }

    private static void place(List<ReceivedPacket> piece, long reference, long transit, Tape tape) {
        int origin = tape.sampleAt(transit);
        for (ReceivedPacket packet : piece) {
            tape.put(packet, origin + ticks(reference, packet.timestamp()));
        }
    }

    /// For each packet the least of `transit` from it on, as long as is long enough to tell; nothing to go by where it is not known yet.
    private static long[] fastestAhead(List<ReceivedPacket> run, long[] transit) {
        long[] fastest = new long[transit.length];
        Arrays.fill(fastest, Long.MIN_VALUE / 2);
        Deque<Integer> window = new ArrayDeque<>();
        int next = 0;
        for (int i = 0; i < transit.length; i++) {
            long end = run.get(i).arrivalNanos() + FOR_GOOD;
            while (next < transit.length && run.get(next).arrivalNanos() <= end) {
                while (!window.isEmpty() && transit[window.getLast()] >= transit[next]) {
                    window.removeLast();
                }
                window.addLast(next);
                next++;
            }
            while (!window.isEmpty() && window.getFirst() < i) {
                window.removeFirst();
            }
            if (next < transit.length && !window.isEmpty()) {
                fastest[i] = transit[window.getFirst()];
            }
        }
        return fastest;
    }

    private static boolean countsAnew(ReceivedPacket last, ReceivedPacket next) {
        long elapsed = (next.arrivalNanos() - last.arrivalNanos()) / NANOS_PER_SAMPLE;
        int counted = ticks(last.timestamp(), next.timestamp());
        return last.ssrc() != next.ssrc() || Math.abs(counted - elapsed) > NEW_COUNT;
    }

    /// From one 32-bit timestamp to another, the short way round.
    private static int ticks(long from, long to) {
        return (int) (to - from);
    }

    /// Sound laid out on the clock of arrivals.
    private static final class Tape {
        // Reordering may put packets before the first one that arrived.
        private static final long HEAD_NANOS = 20_000_000;

        private final long startNanos;
        private short[] pcm;
        private int length;

        Tape(List<ReceivedPacket> sound) {
            startNanos = sound.isEmpty() ? 0 : sound.getFirst().arrivalNanos() - HEAD_NANOS;
            pcm = new short[sound.size() * 160];
        }

        long firstArrival() {
            return startNanos + HEAD_NANOS;
        }

        int sampleAt(long nanos) {
            return (int) ((nanos - startNanos) / NANOS_PER_SAMPLE);
        }

        void put(ReceivedPacket packet, int at) {
            if (at < 0) {
                return;
            }
            byte[] payload = packet.payload();
            Codec codec = Codec.of(packet.payloadType()).orElseThrow();
            if (at + payload.length > pcm.length) {
                pcm = Arrays.copyOf(pcm, (at + payload.length) * 3 / 2);
            }
            for (int i = 0; i < payload.length; i++) {
                pcm[at + i] = codec.decode(payload[i]);
            }
            length = Math.max(length, at + payload.length);
        }

        SoundTimeline timeline() {
            return new SoundTimeline(startNanos, Arrays.copyOf(pcm, length));
        }
    }
}
