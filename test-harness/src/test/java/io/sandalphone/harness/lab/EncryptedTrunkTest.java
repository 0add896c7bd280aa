package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.capture.CapturedRtp;
import io.sandalphone.harness.capture.Pcap;
import io.sandalphone.harness.capture.Tcpdump;
import io.sandalphone.harness.measure.MuLaw;
import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A trunk by SIP over TLS and SRTP, at a real Asterisk behind its firewall, with a POP that takes nothing else.
@RealAsterisk
class EncryptedTrunkTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Map<String, String> VALUES =
            Map.of(
                    "TRUNK_MODE", "registration",
                    "TRUNK_PASSWORD", AsteriskPop.PASSWORD,
                    "TRUNK_HOST", AsteriskPop.NAME,
                    "TRUNK_TRANSPORT", "tls",
                    "TRUNK_CA_FILE", "/etc/asterisk/lab-ca.pem");
    private static final int RTP_HEADER = 12;

    /// As many as a word of 400 ms takes.
    private static final int WORD_PACKETS = 20;

    /// The card of the line between gateway and carrier, on either side.
    private static final String CARD = "lab0";

    private static final short[] WORD =
            ToneSpeech.USUAL.withWord(Duration.ofMillis(400)).render(ToneWord.W3);

    /// 20 ms of it as they are sent in the clear.
    private static final String AMID_THE_WORD =
            new String(
                    MuLaw.encode(Arrays.copyOfRange(WORD, 1600, 1760)),
                    StandardCharsets.ISO_8859_1);

    private static AsteriskHost host(Path folder) throws IOException {
        AsteriskHost host =
                AsteriskHost.boot(
                        new AsteriskHost.Options(
                                Map.of(RealAsterisk.CALLED, RealAsterisk.DESTINATION),
                                10_000,
                                12_999,
                                VALUES,
                                Map.of(
                                        "etc/asterisk/lab-ca.pem",
                                        Files.readString(folder.resolve("pop.crt")))));
        host.loadFirewall();
        return host;
    }

    private static void awaitRegistered(AsteriskHost host, AsteriskPop pop) {
        host.console("pjsip send register *all");
        Poll.until(
                SOON,
                () -> host.console("pjsip show registrations").contains("Registered"),
                () -> host.console("pjsip show registrations") + host.log() + pop.log());
    }

    @Test
    void both_talk_by_a_pop_that_takes_tls_and_srtp_alone_and_nothing_of_it_is_in_the_clear()
            throws Exception {
        Path folder = RunFolder.create("tls");
        AsteriskPop.certificate(folder);
        Path trunk = folder.resolve("trunk.pcap");
        Path behindThePop = folder.resolve("behind-the-pop.pcap");
        try (AsteriskHost host = host(folder);
                AsteriskPop pop = AsteriskPop.start(host, folder);
                SipPhone caller = phone(host, 5071);
                SipPhone destination = phone(host, AsteriskPop.RUNG_PORT);
                var onTheTrunk =
                        Tcpdump.startWhole(
                                host.carrier(), CARD, "host " + AsteriskHost.ADDRESS, trunk);
                // The telephones' own leg to the POP shows what a capture makes of a call in the
                // clear.
                var toThePhones = Tcpdump.startWhole(host.carrier(), "lo", "udp", behindThePop)) {
            awaitRegistered(host, pop);
            PhoneCall calling =
                    caller.call(
                            "+15550100009",
                            "sip:%s@%s:%d"
                                    .formatted(
                                            RealAsterisk.CALLED.substring(1),
                                            AsteriskHost.CARRIER_ADDRESS,
                                            AsteriskPop.PHONES));
            // Asterisk looks for a controller for four seconds first.
            PhoneCall called = destination.awaitIncoming(RealAsterisk.DESTINATION, SOON);
            calling.awaitAnswered(SOON);
            calling.media().repeat(WORD);
            called.media().repeat(WORD);
            awaitHears(called, host, pop);
            awaitHears(calling, host, pop);
            calling.hangUp();
            called.awaitEnded(SOON);
            host.awaitIdle(SOON);
            onTheTrunk.stop();
            toThePhones.stop();
            Captured clear = Captured.of(behindThePop);
            assertTrue(clear.packets() >= WORD_PACKETS, clear::toString);
            assertEquals(
                    new Captured(clear.packets(), true, true, true),
                    clear,
                    "in the clear all of it shows");
            Captured encrypted = Captured.of(trunk);
            assertTrue(encrypted.packets() >= WORD_PACKETS, encrypted::toString);
            assertEquals(
                    new Captured(encrypted.packets(), false, false, false),
                    encrypted,
                    "nothing of it shows on the trunk");
        } finally {
            RunFolder.delete(folder);
        }
    }

    /// What whoever listens on a card learns.
    ///
    /// @param packets how many datagrams of the size of a frame passed, or greater by what authenticates it
    /// @param signalling whether SIP can be read
    /// @param number whether a number that is called can be read
    /// @param speech whether somebody's word can be heard
    private record Captured(int packets, boolean signalling, boolean number, boolean speech) {
        static Captured of(Path file) throws IOException {
            String all = Files.readString(file, StandardCharsets.ISO_8859_1);
            Map<List<Integer>, ByteArrayOutputStream> streams = new HashMap<>();
            int[] packets = {0};
            Pcap.read(
                    file,
                    datagram -> {
                        byte[] payload = datagram.payload();
                        if (payload.length >= RTP_HEADER + CapturedRtp.SAMPLES
                                && payload[0] == (byte) 0x80) {
                            packets[0]++;
                            streams.computeIfAbsent(
                                            List.of(
                                                    datagram.sourcePort(),
                                                    datagram.destinationPort()),
                                            _ -> new ByteArrayOutputStream())
                                    .write(payload, RTP_HEADER, CapturedRtp.SAMPLES);
                        }
                    });
            return new Captured(
                    packets[0],
                    all.contains("SIP/2.0"),
                    all.contains(RealAsterisk.CALLED.substring(1))
                            || all.contains(RealAsterisk.DESTINATION.substring(1)),
                    streams.values().stream().anyMatch(Captured::speaks));
        }

        /// Noise may sound like a word: those very bytes.
        private static boolean speaks(ByteArrayOutputStream codes) {
            return codes.toString(StandardCharsets.ISO_8859_1).contains(AMID_THE_WORD);
        }
    }

    @Test
    void a_pop_with_another_ones_certificate_is_not_trusted() throws Exception {
        Path folder = RunFolder.create("tls");
        Path other = Files.createDirectory(folder.resolve("other"));
        AsteriskPop.certificate(folder);
        AsteriskPop.certificate(other);
        try (AsteriskHost host = host(folder);
                AsteriskPop pop = AsteriskPop.start(host, other)) {
            host.console("pjsip send register *all");
            Poll.until(
                    SOON,
                    () -> host.console("pjsip show registrations").contains("Rejected"),
                    () -> host.console("pjsip show registrations") + pop.log());
            assertTrue(
                    pop.console("pjsip show contacts").contains("No objects found"),
                    "the password was not shown");
        } finally {
            RunFolder.delete(folder);
        }
    }

    private static SipPhone phone(AsteriskHost host, int port) throws IOException {
        return SipPhone.open(
                host.carrier(), new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, port));
    }

    private static void awaitHears(PhoneCall call, AsteriskHost host, AsteriskPop pop) {
        Poll.until(
                SOON,
                () ->
                        ToneDetector.listen(call.media().received().heardByTimestamp().pcm())
                                        .words()
                                        .stream()
                                        .filter(ToneWord.W3::equals)
                                        .count()
                                >= 2,
                () -> "the other one is heard: " + call + host.log() + pop.log());
    }
}
