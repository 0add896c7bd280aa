package io.sandalphone.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Finding;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// A server on which all is well, and what is said when something is not.
class DeployCheckTest {
    private static final Deployment DEPLOYMENT =
            new Deployment(
                    Optional.of("gw.example.org"),
                    443,
                    Map.of(
                            "http", new InetSocketAddress(InetAddress.getLoopbackAddress(), 8090),
                            "public-http",
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 8091)),
                    40,
                    true,
                    Map.of("+12125550101", "+525512345678", "*", "+525512345679"),
                    true);

    @TempDir Path root;
    private FakeMachine machine;

    @BeforeEach
    void a_good_server() throws IOException {
        machine = new FakeMachine(root);
    }

    @Test
    void all_is_well() {
        Map<String, List<Finding>> found = new DeployCheck(DEPLOYMENT, machine).run();
        assertEquals(10, found.size());
        found.forEach(
                (part, findings) ->
                        findings.forEach(
                                finding ->
                                        assertEquals(
                                                Finding.Kind.OK,
                                                finding.kind(),
                                                () -> part + ": " + finding.message())));
    }

    @Test
    void a_name_without_an_address_is_a_fault() {
        machine.names.clear();
        expect("name", Finding.Kind.FAULT, "gw.example.org has no address");
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.3, A record", "2001:db8::3, AAAA record"})
    void a_name_that_leads_elsewhere_is_told(String address, String record) {
        machine.names.put(
                "gw.example.org",
                List.of(InetAddress.ofLiteral("192.0.2.2"), InetAddress.ofLiteral(address)));
        expect("name", Finding.Kind.WARNING, record);
    }

    @Test
    void the_address_that_the_trunk_sees_is_this_machine_s() throws IOException {
        machine.names.put("gw.example.org", List.of(InetAddress.ofLiteral("203.0.113.7")));
        machine.write(
                "etc/sandalphone/asterisk.values",
                """
                SIP_BIND=192.0.2.2:5060
                EXTERNAL_ADDRESS="203.0.113.7"
                RTP_FIRST_PORT=10000
                RTP_LAST_PORT=19999
                """,
                "rw-------");
        expect("name", Finding.Kind.OK, "leads here: 203.0.113.7");
    }

    @Test
    void a_certificate_that_cannot_be_trusted_is_a_fault() {
        machine.certificate = null;
        expect("certificate", Finding.Kind.FAULT, "gw.example.org:443: Connection refused");
    }

    @Test
    void a_certificate_that_soon_ends_is_told() {
        machine.certificate = FakeMachine.NOW.plusSeconds(13L * 24 * 3600);
        expect("certificate", Finding.Kind.WARNING, "ends in 13 days");
    }

    @Test
    void a_fence_that_is_not_loaded_is_a_fault() {
        machine.programs.put(
                "nft list table ip sandalphone",
                new Machine.Answer(1, "Error: No such file or directory"));
        expect("firewall", Finding.Kind.FAULT, "systemctl restart sandalphone-firewall");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "udp dport 5060 ip saddr != @sip | udp dport 5061 ip saddr != @sip | the SIP"
                        + " port",
                "udp dport 10000-19999 | udp dport 10000-10099 | the media ports",
                "!= @media counter packets 0 bytes 0 drop | != @media accept | the media ports",
                "elements = { 192.0.2.10 } | | no address may call"
            })
    void a_fence_that_is_another_is_a_fault(String rule, String changed, String said) {
        String good = machine.said("nft list table ip sandalphone");
        String text = good.replaceFirst(Pattern.quote(rule), changed == null ? "" : changed);
        machine.programs.put("nft list table ip sandalphone", new Machine.Answer(0, text));
        expect("firewall", Finding.Kind.FAULT, said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"5060, 10000-19999|10000-19999", "5060, 10000-19999|5060", "5060, |15060, "})
    void host_rules_that_let_nothing_through_are_a_fault(String ports, String changed) {
        String good = machine.said("nft list table inet sandalphone-host");
        machine.programs.put(
                "nft list table inet sandalphone-host",
                new Machine.Answer(0, good.replace(ports, changed)));
        expect("firewall", Finding.Kind.FAULT, "do not let SIP and media through");
    }

    @Test
    void the_rules_of_a_host_that_has_its_own_are_its_own_business() {
        machine.programs.put(
                "nft list table inet sandalphone-host", new Machine.Answer(1, "Error: no such"));
        expect("firewall", Finding.Kind.OK, "open to the trunk alone");
    }

    @Test
    void what_cannot_be_asked_is_a_fault() {
        machine.programs.remove("nft list table ip sandalphone");
        expect("firewall", Finding.Kind.FAULT, "it takes root");
    }

    @Test
    void a_media_port_that_somebody_else_has_is_a_fault() throws IOException {
        machine.udp("020200C0:2712 " + machine.nobody());
        expect("media ports", Finding.Kind.FAULT, "have 1 of udp 10000-19999, such as 10002");
    }

    @Test
    void media_ports_that_linux_lends_are_a_fault() throws IOException {
        machine.write("proc/sys/net/ipv4/ip_local_port_range", "15000\t60999\n", "rw-r--r--");
        expect("media ports", Finding.Kind.FAULT, "net.ipv4.ip_local_port_range, now 15000");
    }

    @Test
    void values_without_ports_are_a_fault() throws IOException {
        machine.write("etc/sandalphone/asterisk.values", "SIP_BIND=192.0.2.2:5060\n", "rw-------");
        expect("media ports", Finding.Kind.FAULT, "RTP_FIRST_PORT is no port");
        expect("firewall", Finding.Kind.FAULT, "RTP_FIRST_PORT is no port");
    }

    @ParameterizedTest
    @CsvSource({
        "no, timedatectl set-ntp true",
        "'', is not known",
        "'No systemd.\nCannot operate.\n', 'timedatectl says \"No systemd.\"'"
    })
    void a_clock_that_nobody_keeps_right_is_told(String answer, String said) {
        machine.programs.put(
                "timedatectl show -p NTPSynchronized --value", new Machine.Answer(0, answer));
        expect("clock", Finding.Kind.WARNING, said);
    }

    @Test
    void too_few_processors_are_told() {
        machine.processors = 4;
        expect("capacity", Finding.Kind.WARNING, "4 processors, and 40 calls may take 5");
    }

    @Test
    void too_little_memory_is_told() throws IOException {
        machine.write("proc/meminfo", "MemTotal:        1023456 kB\n", "rw-r--r--");
        expect("capacity", Finding.Kind.WARNING, "999 MB of memory");
    }

    @ParameterizedTest
    @CsvSource({
        "credentials/http-token, rw-r--r--, chmod 600",
        "credentials/http-token, rw-r-----, chmod 600",
        "credentials, rwxr-x---, chmod 700",
        "asterisk.values, rw-r--r--, chmod 600",
        "sandalphone.yaml, rw-r--r--, chmod 640",
        "tls/key.pem, rw-r--r--, chmod 640"
    })
    void a_secret_that_others_may_read_is_a_fault(String file, String mode, String said)
            throws IOException {
        machine.mode("etc/sandalphone/" + file, mode);
        expect("secrets", Finding.Kind.FAULT, said + " /etc/sandalphone/" + file);
    }

    @Test
    void an_empty_secret_is_a_fault() throws IOException {
        machine.write("etc/sandalphone/credentials/http-token", "", "rw-------");
        expect("secrets", Finding.Kind.FAULT, "http-token is empty");
    }

    @Test
    void a_listener_that_nobody_keeps_is_a_fault() {
        machine.open.remove(new InetSocketAddress(InetAddress.getLoopbackAddress(), 8091));
        expect("listeners", Finding.Kind.FAULT, "nobody answers at 127.0.0.1:8091");
        expect("listeners", Finding.Kind.OK, "http answers at 127.0.0.1:8090");
    }

    @Test
    void a_jail_that_does_not_run_is_a_fault() {
        machine.programs.put(
                "fail2ban-client status sandalphone-ari",
                new Machine.Answer(255, "Sorry but the jail 'sandalphone-ari' does not exist"));
        expect("jails", Finding.Kind.FAULT, "jail sandalphone-ari does not run");
    }

    @Test
    void a_jail_that_reads_nothing_is_a_fault() {
        String good = machine.said("fail2ban-client status sandalphone");
        machine.programs.put(
                "fail2ban-client status sandalphone",
                new Machine.Answer(0, good.replaceFirst("Journal matches:.*", "Journal matches:")));
        expect("jails", Finding.Kind.FAULT, "jail sandalphone reads nothing");
    }

    @Test
    void a_jail_whose_file_is_not_there_is_a_fault() throws IOException {
        machine.delete("var/log/sandalphone-asterisk/security.log");
        expect("jails", Finding.Kind.FAULT, "jail sandalphone-sip reads nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*=+525512345679",
                "+12125550101=+525512345670 *=+525512345679",
            })
    void a_number_that_asterisk_would_not_ring_without_us_is_told(String routes)
            throws IOException {
        machine.write(
                "etc/sandalphone/asterisk.values",
                "FALLBACK_ROUTES=\"" + routes + "\"\n",
                "rw-------");
        expect(
                "fallback routes",
                Finding.Kind.WARNING,
                "Asterisk would ring it for " + (routes.isEmpty() ? 0 : 1) + " while");
    }

    @Test
    void a_gateway_without_asterisk_and_public_name_has_less_to_be_wrong() {
        var alone = new Deployment(Optional.empty(), 443, Map.of(), 40, false, Map.of(), false);
        machine.programs.remove("nft list table ip sandalphone");
        machine.names.clear();
        machine.certificate = null;
        Map<String, List<Finding>> found = new DeployCheck(alone, machine).run();
        for (String part :
                List.of("name", "certificate", "firewall", "media ports", "fallback routes")) {
            assertEquals(
                    Finding.Kind.OK,
                    Objects.requireNonNull(found.get(part)).getFirst().kind(),
                    part);
        }
    }

    private void expect(String part, Finding.Kind kind, String said) {
        List<Finding> found =
                new DeployCheck(DEPLOYMENT, machine).run().getOrDefault(part, List.of());
        assertTrue(
                found.stream()
                        .anyMatch(
                                finding ->
                                        finding.kind() == kind && finding.message().contains(said)),
                () -> part + " says " + found);
    }
}
