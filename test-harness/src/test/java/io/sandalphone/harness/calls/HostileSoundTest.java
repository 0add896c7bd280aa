package io.sandalphone.harness.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.lab.AsteriskHost;
import io.sandalphone.harness.lab.NetNamespace;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.lab.RealAsterisk;
import io.sandalphone.harness.sip.PhoneMedia;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// Packets from people who have no part in the call, and packets that are no RTP.
@RealAsterisk
class HostileSoundTest {
    private static final int PACKETS = 200;
    private static final String STRANGERS =
            "sandalphone_rtp_dropped_packets_total{reason=\"unknown_source\"}";
    private static final String FAULTS = "sandalphone_rtp_faults_streams_total";

    private static CallLab lab;

    @BeforeAll
    static void open(AsteriskHost host) {
        lab = CallLab.open(host, CallLab.tones());
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @Test
    void strangers_at_the_controller_s_port_are_counted_and_change_nothing() throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            double before = lab.controller().metric(STRANGERS);
            List<Integer> ports = controllersPorts();
            assertFalse(ports.isEmpty(), "the controller has an RTP socket");
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W2));
            long seed = send(lab.host().vps(), InetAddress.getLoopbackAddress(), ports);
            call.awaitSpoken(ToneWord.W1, ToneWord.W2);
            Poll.until(
                    CallLab.SOON,
                    () -> lab.controller().metric(STRANGERS) - before >= PACKETS,
                    () -> "strangers counted: " + lab.controller().get("/metrics").body());
            assertUntouched(call, "seed " + seed);
            System.out.printf(
                    "strangers: %d packets at each of %d ports, %.0f counted, call untouched%n",
                    PACKETS, ports.size(), lab.controller().metric(STRANGERS) - before);
        }
    }

    @Test
    void strangers_at_asterisk_s_ports_are_heard_by_nobody() throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            // Asterisk learns for five seconds whom to believe.
            call.listen(Duration.ofSeconds(6));
            call.caller().media().say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W2));
            List<Integer> ports =
                    List.of(
                            call.caller().media().remote().getPort(),
                            call.destination().media().remote().getPort());
            long seed =
                    send(lab.host().carrier(), InetAddress.getByName(AsteriskHost.ADDRESS), ports);
            call.awaitSpoken(ToneWord.W1, ToneWord.W2);
            assertUntouched(call, "seed " + seed);
            System.out.printf("strangers: %d packets at Asterisk, call untouched%n", 2 * PACKETS);
        }
    }

    @Test
    void a_phone_that_sends_broken_packets_between_the_good_ones_is_understood() throws Exception {
        try (JoinedCall call = lab.join(CallLab.ONE_WAY)) {
            PhoneMedia media = call.caller().media();
            media.say(ToneSpeech.USUAL.render(ToneWord.W1, ToneWord.W2));
            long seed = System.nanoTime();
            var random = new Random(seed);
            for (int i = 0; i < PACKETS; i++) {
                media.sendRaw(broken(random));
            }
            call.awaitSpoken(ToneWord.W1, ToneWord.W2);
            assertUntouched(call, "seed " + seed);
            System.out.printf("broken packets: %d from the phone, call untouched%n", PACKETS);
        }
    }

    private static void assertUntouched(JoinedCall call, String seed) {
        call.listen(Duration.ofMillis(300));
        assertEquals(List.of("waa wbb"), call.spoken(), seed);
        assertEquals(
                List.of(ToneWord.W1, ToneWord.W2, ToneWord.V1, ToneWord.V2),
                Heard.by(call.destination()).words(),
                seed);
        assertTrue(
                Heard.by(call.caller()).tones().loudest(ToneWord.V8) < ToneDetector.LEAK_BOUND,
                seed);
        assertTrue(call.caller().isUp() && call.destination().isUp(), seed);
        assertEquals(0, lab.controller().metric(FAULTS), seed);
        assertFalse(lab.controller().log().contains("Exception"), seed);
    }

    /// Sends as many packets to each of the ports, good RTP with a tone in it and broken ones, from
    /// a port that nobody knows. Answers with the seed.
    private static long send(NetNamespace from, InetAddress to, List<Integer> ports)
            throws Exception {
        long seed = System.nanoTime();
        return from.call(
                () -> {
                    var random = new Random(seed);
                    try (var socket = new DatagramSocket()) {
                        for (int i = 0; i < PACKETS; i++) {
                            for (int port : ports) {
                                byte[] packet = i % 2 == 0 ? good(i) : broken(random);
                                socket.send(
                                        new DatagramPacket(
                                                packet,
                                                packet.length,
                                                new InetSocketAddress(to, port)));
                            }
                        }
                    }
                    return seed;
                });
    }

    /// RTP with 20 ms of a loud square wave.
    private static byte[] good(int sequence) {
        ByteBuffer packet = ByteBuffer.allocate(172);
        packet.put((byte) 0x80).put((byte) 0).putShort((short) sequence);
        packet.putInt(sequence * 160).putInt(0xBADCAFE);
        while (packet.hasRemaining()) {
            packet.put((byte) (packet.remaining() / 2 % 2 == 0 ? 0x10 : 0x90));
        }
        return packet.array();
    }

    /// What is cut short, contradicts itself, or is nothing at all.
    private static byte[] broken(Random random) {
        byte[] packet = new byte[random.nextInt(12)];
        random.nextBytes(packet);
        return switch (random.nextInt(4)) {
            case 0 -> packet;
            // An extension that is longer than the packet; padding longer than it.
            case 1 -> new byte[] {(byte) 0x90, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, -1, -1};
            case 2 -> new byte[] {(byte) 0xA0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, -1};
            default -> "OPTIONS sip:x SIP/2.0".getBytes(StandardCharsets.US_ASCII);
        };
    }

    /// The ports of the controller's RTP.
    private static List<Integer> controllersPorts() throws IOException, InterruptedException {
        String pid = "pid=" + lab.controller().pid() + ",";
        Process process =
                new ProcessBuilder(lab.host().vps().command("ss", "-H", "-u", "-l", "-n", "-p"))
                        .start();
        String sockets =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return sockets.lines()
                // Not those of the name resolver, which are open to all addresses.
                .filter(line -> line.contains(pid) && line.contains("127.0.0.1"))
                .map(line -> line.strip().split("\\s+", -1)[3])
                .map(local -> Integer.parseInt(local.substring(local.lastIndexOf(':') + 1)))
                .distinct()
                .toList();
    }
}
