package io.sandalphone.harness.bench;

import io.sandalphone.harness.capture.CapturedDatagram;
import io.sandalphone.harness.capture.CapturedRtp;
import io.sandalphone.harness.capture.Pcap;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneWord;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/// What two captures on the machine of Asterisk and the controller say about the sound of many legs:
/// one of its loopback, where the controller and Asterisk exchange RTP, and one of its line, where
/// Asterisk sends RTP to the phones. All times are the kernel's, so no program measures itself.
///
/// Injection delay is the time from the first packet of a talk spurt on the loopback (RTP's marker
/// bit) to the first packet of that leg on the line in which the spurt's tone sounds. Tones of the
/// two languages have frequencies of their own, so the other party's voice on the same leg does not
/// matter. It is exact, to the kernel's timestamps, when Asterisk keeps the frames as they are, which
/// it does; a tone that began within a packet would be found one packet (20 ms) late when it fills
/// less than a quarter of it.
final class MediaCapture {
    /// Packets at the beginning of a talk spurt which the controller sends at once, by design.
    static final int CUSHION = 3;

    private static final long SAMPLE_NANOS = 125_000;
    private static final long FRAME_NANOS = CapturedRtp.SAMPLES * SAMPLE_NANOS;

    /// A tone that comes out later than this is lost.
    private static final long LONGEST_DELAY_NANOS = 500_000_000;

    /// Too few packets lay no grid.
    private static final int SHORTEST_SPURT = CUSHION + 5;

    private final Map<Integer, Traffic> byMediaPort = new HashMap<>();
    private final Map<Integer, Traffic> byPhonePort = new HashMap<>();

    /// Where the RTP of one leg passes: the port of its ExternalMedia channel at Asterisk, and the
    /// port of its phone.
    record Leg(int mediaPort, int phonePort) {}

    /// The packets of one leg, each list in order of time.
    private static final class Traffic {
        final List<CapturedRtp> injected = new ArrayList<>();
        final List<Long> listened = new ArrayList<>();
        final List<CapturedRtp> line = new ArrayList<>();
    }

    private MediaCapture(Collection<Leg> legs) {
        for (Leg leg : legs) {
            var traffic = new Traffic();
            byMediaPort.put(leg.mediaPort(), traffic);
            byPhonePort.put(leg.phonePort(), traffic);
        }
    }

    /// Reads both captures.
    static MediaCapture read(Collection<Leg> legs, Path loopback, Path line) throws IOException {
        var capture = new MediaCapture(legs);
        Pcap.read(loopback, capture::onLoopback);
        Pcap.read(line, capture::onLine);
        return capture;
    }

    private void onLoopback(CapturedDatagram datagram) {
        Traffic to = byMediaPort.get(datagram.destinationPort());
        Traffic from = byMediaPort.get(datagram.sourcePort());
        if (to != null) {
            CapturedRtp.parse(datagram).ifPresent(to.injected::add);
        } else if (from != null) {
            CapturedRtp.parse(datagram).ifPresent(rtp -> from.listened.add(rtp.nanos()));
        }
    }

    private void onLine(CapturedDatagram datagram) {
        Traffic traffic = byPhonePort.get(datagram.destinationPort());
        if (traffic != null) {
            CapturedRtp.parse(datagram).ifPresent(traffic.line::add);
        }
    }

    /// From the controller's send to the leg's outgoing RTP, once for each talk spurt.
    Distribution injectionDelay() {
        return Distribution.ofNanos(onsets().filter(delay -> delay >= 0).toArray());
    }

    /// Talk spurts of which nothing came out on the line. One that began just before the capture ended
    /// is not among them.
    long neverHeard() {
        return onsets().filter(delay -> delay < 0).count();
    }

    private LongStream onsets() {
        return byMediaPort.values().stream().flatMapToLong(MediaCapture::onsets);
    }

    /// The delay of each spurt, -1 of those that did not come out.
    private static LongStream onsets(Traffic traffic) {
        long end = traffic.line.isEmpty() ? 0 : traffic.line.getLast().nanos();
        return traffic.injected.stream()
                .filter(CapturedRtp::marker)
                .filter(first -> first.nanos() + LONGEST_DELAY_NANOS < end)
                .flatMapToLong(
                        first ->
                                tone(first)
                                        .map(
                                                word ->
                                                        LongStream.of(
                                                                onset(traffic.line, first, word)))
                                        .orElseGet(LongStream::empty));
    }

    private static long onset(List<CapturedRtp> line, CapturedRtp first, ToneWord word) {
        for (int i = after(line, first.nanos()); i < line.size(); i++) {
            long delay = line.get(i).nanos() - first.nanos();
            if (delay > LONGEST_DELAY_NANOS) {
                return -1;
            }
            if (level(line.get(i), word) >= ToneDetector.AUDIBLE) {
                return delay;
            }
        }
        return -1;
    }

    /// The index of the first packet after `nanos`.
    private static int after(List<CapturedRtp> packets, long nanos) {
        int low = 0;
        int high = packets.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (packets.get(middle).nanos() <= nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The tone of a packet, if it holds one.
    private static Optional<ToneWord> tone(CapturedRtp packet) {
        return Arrays.stream(ToneWord.values())
                .filter(word -> level(packet, word) >= ToneDetector.AUDIBLE)
                .max((a, b) -> Double.compare(level(packet, a), level(packet, b)));
    }

    private static double level(CapturedRtp packet, ToneWord word) {
        return ToneDetector.listen(packet.pcm()).level(word, 0, 20);
    }

    /// How far the controller's packets leave from a grid of 20 ms, earlier or later, the cushion of
    /// each spurt left out. The grid is laid through the median of each spurt's packets, so that one
    /// late packet counts once.
    Distribution scheduleError() {
        return Distribution.ofNanos(
                byMediaPort.values().stream()
                        .flatMap(traffic -> spurts(traffic.injected).stream())
                        .flatMapToLong(MediaCapture::errors)
                        .toArray());
    }

    /// The talk spurts whose beginning is in the capture.
    private static List<List<CapturedRtp>> spurts(List<CapturedRtp> packets) {
        List<List<CapturedRtp>> spurts = new ArrayList<>();
        for (CapturedRtp packet : packets) {
            if (packet.marker()) {
                spurts.add(new ArrayList<>());
            }
            if (!spurts.isEmpty()) {
                spurts.getLast().add(packet);
            }
        }
        return spurts;
    }

    private static LongStream errors(List<CapturedRtp> spurt) {
        if (spurt.size() < SHORTEST_SPURT) {
            return LongStream.empty();
        }
        CapturedRtp first = spurt.getFirst();
        long[] offsets =
                spurt.stream()
                        .skip(CUSHION)
                        .mapToLong(
                                packet -> {
                                    int samples = packet.timestamp() - first.timestamp();
                                    return packet.nanos() - first.nanos() - samples * SAMPLE_NANOS;
                                })
                        .toArray();
        long[] sorted = offsets.clone();
        Arrays.sort(sorted);
        long median = sorted[sorted.length / 2];
        return Arrays.stream(offsets).map(offset -> Math.abs(offset - median));
    }

    /// How far the intervals between the packets that the controller gets from Asterisk are from
    /// 20 ms.
    Distribution listeningJitter() {
        return Distribution.ofNanos(
                byMediaPort.values().stream().flatMapToLong(MediaCapture::deviations).toArray());
    }

    private static LongStream deviations(Traffic traffic) {
        List<Long> arrivals = traffic.listened;
        return LongStream.range(1, arrivals.size())
                .map(
                        i ->
                                Math.abs(
                                        arrivals.get((int) i)
                                                - arrivals.get((int) i - 1)
                                                - FRAME_NANOS));
    }

    /// How many packets of the controller and of Asterisk were looked at.
    long packets() {
        return byMediaPort.values().stream()
                .mapToLong(
                        traffic ->
                                traffic.injected.size()
                                        + traffic.listened.size()
                                        + traffic.line.size())
                .sum();
    }
}
