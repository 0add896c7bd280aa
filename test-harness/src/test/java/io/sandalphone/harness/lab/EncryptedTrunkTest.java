package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.sip.PhoneCall;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.harness.tone.ToneDetector;
import io.sandalphone.harness.tone.ToneSpeech;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final short[] WORD =
            ToneSpeech.USUAL.withWord(Duration.ofMillis(400)).render(ToneWord.W3);

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
    void both_talk_by_a_pop_that_takes_tls_and_srtp_alone() throws Exception {
        Path folder = RunFolder.create("tls");
        AsteriskPop.certificate(folder);
        try (AsteriskHost host = host(folder);
                AsteriskPop pop = AsteriskPop.start(host, folder);
                SipPhone caller = phone(host, 5071);
                SipPhone destination = phone(host, AsteriskPop.RUNG_PORT)) {
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
        } finally {
            RunFolder.delete(folder);
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
                                .contains(ToneWord.W3),
                () -> "the other one is heard: " + call + host.log() + pop.log());
    }
}
