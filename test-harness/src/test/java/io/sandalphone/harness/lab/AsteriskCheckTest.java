package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Finding;
import io.sandalphone.config.Secret;
import io.sandalphone.harness.attack.SipSocket;
import io.sandalphone.harness.sip.SipPhone;
import io.sandalphone.telephony.CallerIdPolicy;
import io.sandalphone.telephony.SipAddress;
import io.sandalphone.telephony.asterisk.AsteriskCheck;
import io.sandalphone.telephony.asterisk.AsteriskSettings;
import io.sandalphone.telephony.asterisk.LegSettings;
import io.sandalphone.telephony.asterisk.TrunkWatch;
import io.sandalphone.telephony.asterisk.ari.AriSettings;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the doctor says of a real Asterisk, once for each thing it claims to find.
@RealAsterisk
class AsteriskCheckTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int CALLS = 40;
    private static final String ENDPOINT = "PJSIP/{number}@voipms";

    @Test
    void our_own_configuration_has_no_fault_and_no_warning(AsteriskHost host) throws Exception {
        List<Finding> said = check(host, settings(host));
        assertEquals(
                List.of(), said.stream().filter(each -> each.kind() != Finding.Kind.OK).toList());
        for (String good :
                List.of(
                        "sound is received at 127.0.0.1",
                        "Asterisk 22.10.",
                        "the dialplan hands calls to the application sandalphone",
                        "calls at once",
                        "trunk voipms is online",
                        "back to sip:10.77.0.2, and are let in from 10.77.0.3",
                        "calls and media from 10.77.0.1 are let in")) {
            assertTrue(
                    said.stream().anyMatch(each -> each.message().contains(good)),
                    () -> good + " in " + said);
        }
        assertTrue(host.channels().isEmpty());
    }

    @Test
    void a_wrong_password(AsteriskHost host) throws Exception {
        assertFault(
                host,
                settings(host.ari(), "wrong-wrong-wrong", "sandalphone", ENDPOINT, "127.0.0.1"),
                "asterisk.ari.user, asterisk.ari.password");
    }

    @Test
    void nobody_there(AsteriskHost host) throws Exception {
        assertFault(host, at("http://127.0.0.1:8099/ari"), "asterisk.ari.url");
    }

    @Test
    void something_else_there(AsteriskHost host) throws Exception {
        assertFault(host, at("http://127.0.0.1:8088/metrics"), "asterisk.ari.url");
    }

    @Test
    void a_module_that_shows_the_trunk_and_is_not_loaded(AsteriskHost host) throws Exception {
        host.console("module unload res_prometheus.so");
        try {
            List<Finding> said = check(host, settings(host));
            assertEquals(
                    List.of("the trunk cannot be looked at: Asterisk's /metrics answers 404"),
                    said.stream()
                            .filter(each -> each.kind() != Finding.Kind.OK)
                            .map(Finding::message)
                            .toList());
        } finally {
            host.console("module load res_prometheus.so");
        }
    }

    @Test
    void a_trunk_that_asterisk_does_not_have(AsteriskHost host) throws Exception {
        assertFault(
                host,
                settings(
                        host.ari(),
                        AsteriskHost.ARI_SECRET,
                        "sandalphone",
                        "PJSIP/{number}@nowhere",
                        "127.0.0.1"),
                "asterisk.trunk.endpoint");
    }

    @Test
    void an_application_that_gets_no_calls(AsteriskHost host) throws Exception {
        assertFault(
                host,
                settings(host.ari(), AsteriskHost.ARI_SECRET, "another", ENDPOINT, "127.0.0.1"),
                "asterisk.ari.application");
    }

    @Test
    void an_address_for_sound_that_is_somebody_elses(AsteriskHost host) throws Exception {
        assertFault(
                host,
                settings(
                        host.ari(), AsteriskHost.ARI_SECRET, "sandalphone", ENDPOINT, "192.0.2.77"),
                "asterisk.media.address");
    }

    @Test
    void a_pop_that_is_let_in_nowhere_and_fewer_calls_and_ports_than_are_wanted() throws Exception {
        var values =
                Map.of(
                        "TRUNK_ADDRESSES", "10.77.0.55",
                        "MEDIA_NETWORKS", "10.78.0.0/16",
                        "MAX_CONCURRENT_CALLS", "4");
        try (var host =
                AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 40_000, 40_999, values))) {
            List<Finding> said = check(host, settings(host));
            assertEquals(
                    List.of("TRUNK_ADDRESSES"),
                    said.stream()
                            .filter(each -> each.kind() == Finding.Kind.FAULT)
                            .map(Finding::setting)
                            .toList());
            assertEquals(
                    List.of(
                            "limits.max-concurrent-calls",
                            "RTP_FIRST_PORT, RTP_LAST_PORT",
                            "MEDIA_NETWORKS"),
                    said.stream()
                            .filter(each -> each.kind() == Finding.Kind.WARNING)
                            .map(Finding::setting)
                            .toList());
        }
    }

    @Test
    void a_way_back_that_is_half_there(AsteriskHost host) throws Exception {
        AsteriskSettings all = settings(host);
        assertTrue(
                said(check(host, withWayBack(all, Optional.empty())), Finding.Kind.WARNING)
                        .contains("nobody is sent back"));
        SipAddress tls = SipAddress.parse("sip:gw.example.org;transport=tls");
        assertTrue(
                said(check(host, withWayBack(all, Optional.of(tls))), Finding.Kind.WARNING)
                        .contains("sip:gw.example.org;transport=tls must be something"));
        var values = Map.of("WAY_BACK_ADDRESSES", "", "WAY_BACK_MEDIA_NETWORKS", "");
        try (var closed =
                AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 12_999, values))) {
            assertFault(closed, settings(closed), "WAY_BACK_ADDRESSES");
            assertTrue(
                    said(check(closed, withWayBack(all, Optional.empty())), Finding.Kind.OK)
                            .contains("no way back (asterisk.way-back)"));
        }
    }

    /// The messages of one kind.
    private static String said(List<Finding> findings, Finding.Kind kind) {
        return findings.stream()
                .filter(each -> each.kind() == kind)
                .map(Finding::message)
                .collect(Collectors.joining("\n"));
    }

    private static AsteriskSettings withWayBack(
            AsteriskSettings settings, Optional<SipAddress> wayBack) {
        return new AsteriskSettings(
                settings.ari(),
                settings.trunk(),
                settings.silence(),
                settings.mediaAddress(),
                settings.legs(),
                wayBack);
    }

    @Test
    void a_pop_that_does_not_answer_and_one_that_has_no_address() throws Exception {
        var values = Map.of("TRUNK_HOST", "10.77.0.99", "TRUNK_QUALIFY_SECONDS", "1");
        try (var host =
                AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 12_999, values))) {
            Poll.until(
                    SOON,
                    () -> host.console("pjsip show contacts").contains("Unavail"),
                    () -> host.console("pjsip show contacts"));
            List<Finding> said = check(host, settings(host));
            assertTrue(
                    said.stream()
                            .anyMatch(
                                    each ->
                                            each.kind() == Finding.Kind.FAULT
                                                    && each.setting().equals("TRUNK_HOST")
                                                    && each.message().contains("does not answer")),
                    said::toString);
        }
        var nowhere = Map.of("TRUNK_HOST", "pop.nowhere");
        try (var host =
                AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 12_999, nowhere))) {
            List<Finding> said = check(host, settings(host));
            assertTrue(
                    said.stream().anyMatch(each -> each.message().contains("no address is known")),
                    said::toString);
        }
    }

    @Test
    void a_registration_that_nobody_answers_one_that_is_rejected_and_one_that_holds()
            throws Exception {
        var values = Map.of("TRUNK_MODE", "registration", "TRUNK_PASSWORD", "kX3-pq9ZrT_41vb");
        try (var host =
                AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 12_999, values))) {
            assertFault(host, settings(host), "TRUNK_HOST");
            assertEquals(Optional.of(List.of("trunk")), lostRegistrations(host));
            try (var _ =
                    SipSocket.answering(
                            host.carrier(),
                            AsteriskHost.CARRIER_ADDRESS,
                            5060,
                            request -> List.of(SipSocket.reply(request, 403)))) {
                awaitRegistration(host, "Rejected");
                assertFault(host, settings(host), "TRUNK_ACCOUNT, TRUNK_PASSWORD");
                assertEquals(Optional.of(List.of("trunk")), lostRegistrations(host));
            }
            try (var _ =
                    SipPhone.open(
                            host.carrier(),
                            new InetSocketAddress(AsteriskHost.CARRIER_ADDRESS, 5060))) {
                awaitRegistration(host, "Registered");
                List<Finding> said = check(host, settings(host));
                assertTrue(
                        said.stream()
                                .anyMatch(each -> each.message().equals("registered at 10.77.0.1")),
                        said::toString);
                assertEquals(Optional.of(List.of()), lostRegistrations(host));
            }
        }
    }

    private static Optional<List<String>> lostRegistrations(AsteriskHost host) throws Exception {
        return host.vps()
                .call(
                        () -> {
                            try (var trunk = new TrunkWatch(settings(host))) {
                                return trunk.lostRegistrations();
                            }
                        });
    }

    @Test
    void two_pops_one_after_the_other_dead() throws Exception {
        String first = AsteriskHost.CARRIER_ADDRESS;
        String second = AsteriskHost.SECOND_CARRIER_ADDRESS;
        var values =
                Map.of(
                        "TRUNK_MODE",
                        "registration",
                        "TRUNK_PASSWORD",
                        "kX3-pq9ZrT_41vb",
                        "TRUNK_BACKUP_HOST",
                        second,
                        "TRUNK_ADDRESSES",
                        first + " " + second,
                        "MEDIA_NETWORKS",
                        first + " " + second,
                        "TRUNK_QUALIFY_SECONDS",
                        "1");
        try (var host =
                AsteriskHost.boot(new AsteriskHost.Options(Map.of(), 10_000, 12_999, values))) {
            try (var _ = pop(host, second)) {
                try (var _ = pop(host, first)) {
                    awaitTimes(host, "contacts", "Avail", 2);
                    host.console("pjsip send register *all");
                    awaitTimes(host, "registrations", "Registered", 2);
                    List<Finding> said = check(host, settings(host));
                    assertEquals("", said(said, Finding.Kind.FAULT));
                    assertEquals("", said(said, Finding.Kind.WARNING));
                    String good = said(said, Finding.Kind.OK);
                    for (String line :
                            List.of(
                                    first + " answers",
                                    second + " answers",
                                    "registered at " + first,
                                    "registered at " + second)) {
                        assertTrue(good.lines().anyMatch(line::equals), () -> line + " in " + good);
                    }
                }
                awaitTimes(host, "contacts", "Unavail", 1);
                assertEquals(
                        first + " does not answer; calls go by the other POP",
                        said(check(host, settings(host)), Finding.Kind.WARNING));
            }
            awaitTimes(host, "contacts", "Unavail", 2);
            List<Finding> said = check(host, settings(host));
            assertTrue(
                    said(said, Finding.Kind.FAULT)
                            .contains("trunk voipms does not answer, and Asterisk dials nobody"),
                    said::toString);
            assertEquals(
                    first
                            + " does not answer, nor does the other POP\n"
                            + second
                            + " does not answer, nor does the other POP",
                    said(said, Finding.Kind.WARNING));
        }
    }

    private static SipPhone pop(AsteriskHost host, String address) throws IOException {
        return SipPhone.open(host.carrier(), new InetSocketAddress(address, 5060));
    }

    private static void awaitTimes(AsteriskHost host, String what, String state, int times) {
        Poll.until(
                SOON,
                () ->
                        Pattern.compile("\\b" + state + "\\b")
                                        .matcher(host.console("pjsip show " + what))
                                        .results()
                                        .count()
                                == times,
                () -> host.console("pjsip show " + what));
    }

    private static void awaitRegistration(AsteriskHost host, String state) {
        host.console("pjsip send register *all");
        Poll.until(
                SOON,
                () -> host.console("pjsip show registrations").contains(state),
                () -> host.console("pjsip show registrations"));
    }

    private static void assertFault(AsteriskHost host, AsteriskSettings settings, String setting)
            throws Exception {
        List<Finding> said = check(host, settings);
        assertEquals(
                List.of(setting),
                said.stream()
                        .filter(each -> each.kind() == Finding.Kind.FAULT)
                        .map(Finding::setting)
                        .toList(),
                said::toString);
    }

    private static List<Finding> check(AsteriskHost host, AsteriskSettings settings)
            throws Exception {
        return host.vps().call(() -> new AsteriskCheck(settings, CALLS, true).check());
    }

    private static AsteriskSettings settings(AsteriskHost host) {
        return settings(host.ari(), AsteriskHost.ARI_SECRET, "sandalphone", ENDPOINT, "127.0.0.1");
    }

    private static AsteriskSettings at(String ari) {
        return settings(
                URI.create(ari), AsteriskHost.ARI_SECRET, "sandalphone", ENDPOINT, "127.0.0.1");
    }

    private static AsteriskSettings settings(
            URI ari, String password, String application, String endpoint, String media) {
        return new AsteriskSettings(
                AriSettings.of(ari, AsteriskHost.ARI_USER, new Secret(password), application),
                new AsteriskSettings.Trunk(endpoint, new CallerIdPolicy("", false)),
                new AsteriskSettings.SilenceLimits(Duration.ofMinutes(1), Duration.ofMinutes(10)),
                media,
                new LegSettings("127.0.0.1", 8089),
                Optional.of(SipAddress.parse("sip:" + AsteriskHost.ADDRESS)));
    }
}
