package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/// What `asterisk-conf/render` makes of values, and says to bad ones.
class RenderedConfigurationTest {
    @TempDir Path folder;

    @Test
    void edited_values_render_for_nobody_else_to_read() throws IOException {
        assertEquals(new Command.Result(0, ""), render(edited()));
        try (Stream<Path> files = Files.list(rendered())) {
            for (Path file : files.toList()) {
                assertEquals(
                        "rw-r-----",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
                assertFalse(Files.readString(file).matches("(?s).*@[A-Z_]+@.*"), file.toString());
            }
        }
    }

    @Test
    void a_password_arrives_as_it_is_whatever_is_in_it() throws IOException {
        render(with("TRUNK_PASSWORD", "a;b&c@ARI_SECRET@\\1$x\""));
        assertTrue(
                Files.readString(rendered().resolve("pjsip-registration.conf"))
                        .contains("\npassword = a\\;b&c@ARI_SECRET@\\1$x\"\n"));
    }

    @Test
    void every_mistake_is_named_at_once_without_secrets_and_nothing_is_written()
            throws IOException {
        List<String> values =
                edited().replaceAll("(?m)^(TRUNK_HOST|ARI_USER)=.*\n", "")
                        .replaceAll("(?m)^TRUNK_PASSWORD=.*$", "TRUNK_PASSWORD=top secret")
                        .replaceAll("(?m)^ARI_SECRET=.*$", "ARI_SECRET=short")
                        .replaceAll("(?m)^RTP_LAST_PORT=.*$", "RTP_LAST_PORT=many")
                        .replaceAll("(?m)^TRUNK_ADDRESSES=.*$", "TRUNK_ADDRESSES=\"10.0.0.1 a.b\"")
                        .lines()
                        .toList();
        Command.Result result =
                render(
                        String.join("\n", values)
                                + "\nTRUNK_HOTS=a\nLONGEST_CALL_MINUTES=5\nwhat\n");
        assertEquals(2, result.status());
        for (String said :
                List.of(
                        "TRUNK_HOST: missing",
                        "ARI_USER: missing",
                        "TRUNK_PASSWORD: expected",
                        "ARI_SECRET: expected",
                        "RTP_LAST_PORT: expected a whole number from 1025 to 65535, found 'many'",
                        "TRUNK_ADDRESSES: expected an IPv4 address or network, found 'a.b'",
                        "TRUNK_HOTS: unknown key",
                        "LONGEST_CALL_MINUTES: given twice",
                        "expected KEY=VALUE")) {
            assertTrue(result.output().contains(said), said + " in:\n" + result.output());
        }
        assertFalse(result.output().contains("top secret"), result.output());
        assertFalse(result.output().contains("short"), result.output());
        assertFalse(Files.exists(rendered()));
    }

    @Test
    void a_route_back_to_one_of_our_own_numbers_is_a_mistake() throws IOException {
        Command.Result result =
                render(
                        with(
                                "FALLBACK_ROUTES",
                                "+12125550101=+12125550102 +12125550102=+12125550103"));
        assertEquals(2, result.status());
        assertTrue(result.output().contains("itself a called number"), result.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"911", "112", "+911", "+112", "+1911", "+1112"})
    void who_dials_an_emergency_number_is_put_through_to_nobody(String number) throws IOException {
        Command.Result result = render(with("FALLBACK_ROUTES", number + "=+525512345678"));
        assertEquals(2, result.status());
        assertTrue(result.output().contains("is an emergency number"), result::output);
        // Nor by the route of every other number: Asterisk prefers what is written out.
        assertEquals(new Command.Result(0, ""), render(with("FALLBACK_ROUTES", "*=+525512345678")));
        assertTrue(
                Files.readString(rendered().resolve("extensions.conf"))
                        .contains("exten => " + number + ",1,Return()\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "+525512345678, 060",
        "+525512345678, 066",
        "+525512345678, +52060",
        "+525512345678, +52911",
        "+442071838750, 999",
        "+4930123456, 110"
    })
    void nor_who_dials_that_of_a_country_which_is_rung(String rung, String number)
            throws IOException {
        Command.Result result = render(with("FALLBACK_ROUTES", number + "=" + rung));
        assertEquals(2, result.status());
        assertTrue(result.output().contains(number + " is an emergency number"), result::output);
        assertEquals(new Command.Result(0, ""), render(with("FALLBACK_ROUTES", "*=" + rung)));
        assertTrue(
                Files.readString(rendered().resolve("extensions.conf"))
                        .contains("exten => " + number + ",1,Return()\n"));
    }

    @Test
    void a_short_number_of_a_country_that_nobody_has_to_do_with_is_one_like_any_other()
            throws IOException {
        assertEquals(
                new Command.Result(0, ""), render(with("FALLBACK_ROUTES", "066=+442071838750")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+49112", "+49110", "+52911", "+52066", "+1911", "+44999", "+358112"})
    void no_emergency_number_is_a_destination(String number) throws IOException {
        Command.Result result = render(with("DESTINATIONS", "\"+5255* " + number + "\""));
        assertEquals(2, result.status());
        assertTrue(
                result.output().contains("DESTINATIONS: " + number + " is an emergency number"),
                result::output);
    }

    @Test
    void no_fallback_route_leads_to_one() throws IOException {
        Command.Result result = render(with("FALLBACK_ROUTES", "*=+4690000"));
        assertEquals(2, result.status());
        assertTrue(result.output().contains("+4690000 is an emergency number"), result::output);
    }

    @Test
    void a_route_to_the_number_we_show_is_a_mistake() throws IOException {
        String values =
                with("FALLBACK_ROUTES", "*=+525512345678")
                        .replaceAll("(?m)^CALLER_ID=.*$", "CALLER_ID=+525512345678");
        Command.Result result = render(values);
        assertEquals(2, result.status());
        assertTrue(result.output().contains("our own CALLER_ID"), result::output);
    }

    @Test
    void there_are_ports_for_every_call_or_nothing_is_written() throws IOException {
        String small =
                with("RTP_LAST_PORT", "10063")
                        .replaceAll("(?m)^RTP_FIRST_PORT=.*$", "RTP_FIRST_PORT=10000");
        Command.Result result =
                render(small.replaceAll("(?m)^MAX_CONCURRENT_CALLS=.*$", "MAX_CONCURRENT_CALLS=5"));
        assertEquals(2, result.status());
        assertTrue(
                result.output()
                        .contains(
                                "RTP_LAST_PORT: expected at least 80 ports from RTP_FIRST_PORT on,"
                                        + " 16 for each of MAX_CONCURRENT_CALLS"),
                result.output());
        assertFalse(Files.exists(rendered()));
        assertEquals(
                new Command.Result(0, ""),
                render(
                        small.replaceAll(
                                "(?m)^MAX_CONCURRENT_CALLS=.*$", "MAX_CONCURRENT_CALLS=4")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:5060", "127.0.0.1:5060"})
    void calls_arrive_at_an_address_of_the_hosts_own(String address) throws IOException {
        Command.Result result = render(with("SIP_BIND", address));
        assertEquals(2, result.status());
        assertTrue(
                result.output().contains("SIP_BIND: expected an address of this host's own"),
                result.output());
    }

    @Test
    void the_firewall_names_the_networks_and_the_ports() throws IOException {
        render(with("MEDIA_NETWORKS", "\"208.100.61.0/24 208.100.62.7\""));
        String firewall = Files.readString(rendered().resolve("firewall.nft"));
        for (String rule :
                List.of(
                        "elements = { 208.100.60.10,208.100.60.11 }",
                        "elements = { 208.100.61.0/24,208.100.62.7 }",
                        "udp dport 5060 ip saddr != @sip counter drop",
                        "udp dport 10000-19999 ip saddr != @media counter drop")) {
            assertTrue(firewall.contains(rule), rule + " in:\n" + firewall);
        }
    }

    @Test
    void nobody_comes_back_by_sip_unless_the_values_say_from_where() throws IOException {
        render(edited());
        String endpoints = Files.readString(rendered().resolve("pjsip.conf"));
        String dialplan = Files.readString(rendered().resolve("extensions.conf"));
        assertFalse(endpoints.contains("way-back"), endpoints);
        assertFalse(dialplan.contains("#include"), dialplan);
        assertTrue(dialplan.contains("\nSP_WAY_BACK = \n"), dialplan);
    }

    /// An endpoint that matches no address would be known by nothing.
    @Test
    void blanks_are_nobody_who_comes_back() throws IOException {
        assertEquals(new Command.Result(0, ""), render(with("WAY_BACK_ADDRESSES", "'\t '")));
        String endpoints = Files.readString(rendered().resolve("pjsip.conf"));
        assertFalse(endpoints.contains("way-back"), endpoints);
    }

    @Test
    void who_comes_back_by_sip_is_let_in_and_never_invited() throws IOException {
        String values =
                with("WAY_BACK_ADDRESSES", "\"54.172.60.0/30 54.244.51.0/30\"")
                        .replaceAll(
                                "(?m)^WAY_BACK_MEDIA_NETWORKS=.*$",
                                "WAY_BACK_MEDIA_NETWORKS=168.86.128.0/18");
        assertEquals(new Command.Result(0, ""), render(values));
        String endpoints = Files.readString(rendered().resolve("pjsip.conf"));
        assertTrue(endpoints.contains("\n#include pjsip-way-back.conf\n"), endpoints);
        assertTrue(endpoints.contains("\npermit = 54.244.51.0/30\n"), endpoints);
        String own = Files.readString(rendered().resolve("pjsip-way-back.conf"));
        assertTrue(own.contains("\nmatch = 54.172.60.0/30\nmatch = 54.244.51.0/30\n"), own);
        String dialplan = Files.readString(rendered().resolve("extensions.conf"));
        assertTrue(dialplan.contains("\n#include extensions-way-back.conf\n"), dialplan);
        assertTrue(dialplan.contains("\nSP_WAY_BACK = 54.172.60.0/30,54.244.51.0/30\n"), dialplan);
        String firewall = Files.readString(rendered().resolve("firewall.nft"));
        for (String rule :
                List.of(
                        "208.100.60.11,54.172.60.0/30,54.244.51.0/30 }",
                        "208.100.60.11,168.86.128.0/18 }",
                        "udp sport 5060 ip daddr != @sip counter drop",
                        "ip daddr != @trunk @th,64,56 0x494e5649544520 counter drop")) {
            assertTrue(firewall.contains(rule), rule + " in:\n" + firewall);
        }
    }

    @Test
    void the_voices_of_those_who_come_back_are_let_in_too() throws IOException {
        Command.Result result = render(with("WAY_BACK_ADDRESSES", "54.172.60.0/30"));
        assertEquals(2, result.status());
        assertTrue(
                result.output()
                        .contains("WAY_BACK_MEDIA_NETWORKS: expected at least one IPv4 address"),
                result.output());
    }

    @Test
    void the_example_as_it_is_renders_nothing() throws IOException {
        Command.Result result = render(example());
        assertEquals(2, result.status());
        for (String key :
                List.of(
                        "TRUNK_ACCOUNT",
                        "TRUNK_PASSWORD",
                        "TRUNK_ADDRESSES",
                        "SIP_BIND",
                        "MEDIA_NETWORKS",
                        "ARI_SECRET")) {
            assertTrue(result.output().contains(key + ": expected"), key + result.output());
        }
        assertFalse(result.output().contains("change-me"), result.output());
        assertFalse(Files.exists(rendered()));
    }

    @ParameterizedTest
    @CsvSource({
        "TRUNK_PASSWORD, change-me",
        "TRUNK_PASSWORD, CHANGE_ME",
        "TRUNK_PASSWORD, xxchangemexx",
        "ARI_SECRET, Change--Me-Change--Me",
        "ARI_SECRET, changemechangeme",
        "TRUNK_ACCOUNT, 123456_sandalphone",
        "TRUNK_ADDRESSES, 0.0.0.0/0",
        "TRUNK_ADDRESSES, 0.0.0.0/1 128.0.0.0/1",
        "TRUNK_ADDRESSES, 208.100.60.10 64.0.0.0/2",
        "TRUNK_ADDRESSES, 208.100.0.0/19",
        "TRUNK_ADDRESSES, 0.0.0.0",
        "TRUNK_ADDRESSES, 255.255.255.255",
        "TRUNK_ADDRESSES, 224.0.0.1",
        "TRUNK_ADDRESSES, 198.51.100.7",
        "TRUNK_ADDRESSES, 203.0.112.0/20",
        "TRUNK_ADDRESSES, 010.1.2.3",
        "TRUNK_ADDRESSES, '\" \"'",
        "MEDIA_NETWORKS, '\" \"'",
        "WAY_BACK_ADDRESSES, 54.0.0.0/8",
        "WAY_BACK_ADDRESSES, 192.0.2.9",
        "WAY_BACK_ADDRESSES, twilio.com",
        "WAY_BACK_ADDRESSES, 208.100.60.0/28",
        "WAY_BACK_MEDIA_NETWORKS, 168.0.0.0/8",
        "WAY_BACK_MEDIA_NETWORKS, 168.86.128.0/18",
        "MEDIA_NETWORKS, 208.0.0.0/8",
        "MEDIA_NETWORKS, 192.0.2.128/25",
        "EXTERNAL_ADDRESS, 203.0.113.9",
        "TRUNK_HOST, 192.0.2.1",
        "TRUNK_HOST, sip.example.com",
        "TRUNK_HOST, atlanta1.voip.ms:0",
        "TRUNK_BACKUP_HOST, sip.example.com",
        "TRUNK_BACKUP_HOST, atlanta1.voip.ms",
        "TRUNK_BACKUP_HOST, dallas1.voip.ms:0",
        "TRUNK_TRANSPORT, tcp",
        "TRUNK_CA_FILE, /etc/ssl/certs/ca-certificates.crt",
        "SIP_BIND, 208.100.60.2:99999",
        "SIP_BIND, 208.100.60.2:0",
        "SHOW_CALLER, maybe",
        "TRUNK_REWRITE_CONTACT, maybe",
        "CALLER_ID, 2125550101",
        "DESTINATIONS, +1* 52*"
    })
    void what_fences_nothing_or_is_an_examples_is_refused_by_its_name(String key, String value)
            throws IOException {
        Command.Result result = render(with(key, value));
        assertEquals(2, result.status(), result::output);
        assertTrue(result.output().contains(key + ": "), result::output);
        assertFalse(
                key.matches("TRUNK_PASSWORD|ARI_SECRET") && result.output().contains(value),
                result::output);
        assertFalse(Files.exists(rendered()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"208.100.60.0/24", "208.100.48.0/20", "10.1.2.3", "208.100.60.10/32"})
    void a_network_that_keeps_somebody_out_is_a_fence(String network) throws IOException {
        assertEquals(new Command.Result(0, ""), render(with("TRUNK_ADDRESSES", network)));
    }

    @ParameterizedTest
    @CsvSource({
        "2125550101=+525512345678, +12125550101=+525512345678",
        "12125550101=+525512345678, +12125550101=+525512345678",
        "525587654321=+525512345678, +525587654321=+525512345678"
    })
    void a_route_that_can_never_match_is_refused_with_the_one_that_does(String route, String right)
            throws IOException {
        Command.Result result = render(with("FALLBACK_ROUTES", route));
        assertEquals(2, result.status());
        assertTrue(result.output().contains("write " + right), result::output);
        assertEquals(new Command.Result(0, ""), render(with("FALLBACK_ROUTES", right)));
    }

    @Test
    void one_number_written_twice_is_a_mistake() throws IOException {
        String twice = "2125550101=+525512345678 +12125550101=+525512345679";
        Command.Result result = render(with("FALLBACK_ROUTES", twice));
        assertTrue(result.output().contains("+12125550101 is there twice"), result::output);
    }

    @ParameterizedTest
    @CsvSource({
        "+52*, +525512345678, 0",
        "+525512345678, +525512345678, 0",
        "'', +525512345678, 0",
        "+52* +12125550102, +12125550102, 0",
        "+52*, +12125550102, 2",
        "+525512345678, +525512345679, 2",
        "+1*, +19005550100, 2",
        "+1* +19005550100, +19005550100, 0",
        "+8*, +881612345678, 2"
    })
    void fallback_calls_go_where_calls_may_go(String allowed, String destination, int status)
            throws IOException {
        String values =
                with("FALLBACK_ROUTES", "+12125550101=" + destination)
                        .replaceAll("(?m)^DESTINATIONS=.*$", "DESTINATIONS=" + allowed);
        assertEquals(status, render(values).status(), values);
    }

    @Test
    void values_are_read_and_never_run() throws IOException {
        Path trace = folder.resolve("trace");
        render(with("TRUNK_ACCOUNT", "$(touch " + trace + ")"));
        assertFalse(Files.exists(trace));
    }

    @ParameterizedTest
    @CsvSource({
        "TRUNK_CA_FILE, ''",
        "TRUNK_CA_FILE, ca.pem",
        "TRUNK_MODE, ip",
        "SIP_BIND, 208.100.60.2:5061"
    })
    void a_trunk_that_is_encrypted_by_half_is_refused(String key, String value) throws IOException {
        String mistaken = key.equals("TRUNK_MODE") ? "TRUNK_TRANSPORT" : key;
        Command.Result result =
                render(encrypted().replaceAll("(?m)^" + key + "=.*$", key + "=" + value));
        assertEquals(2, result.status(), result::output);
        assertTrue(result.output().contains(mistaken + ": expected"), result::output);
        assertFalse(Files.exists(rendered()));
    }

    @Test
    void an_encrypted_trunk_is_reached_over_tls_alone_and_fenced() throws IOException {
        assertEquals(new Command.Result(0, ""), render(encrypted()));
        String endpoints = Files.readString(rendered().resolve("pjsip.conf"));
        for (String line :
                List.of(
                        "contact = sip:atlanta1.voip.ms:5061\\;transport=tls",
                        "media_encryption = sdes",
                        "verify_server = yes",
                        "bind = 208.100.60.2:5061")) {
            assertTrue(endpoints.contains("\n" + line + "\n"), line + " in:\n" + endpoints);
        }
        String firewall = Files.readString(rendered().resolve("firewall.nft"));
        assertTrue(firewall.contains("tcp dport 5061 ip saddr != @trunk counter drop"), firewall);
        assertTrue(firewall.contains("tcp dport 5061 ip daddr != @trunk counter drop"), firewall);
        assertTrue(
                Files.readString(rendered().resolve("modules.conf"))
                        .contains("load = res_srtp.so"));
    }

    @Test
    void a_second_pop_is_dialled_after_the_first_and_registered_at() throws IOException {
        assertEquals(
                new Command.Result(0, ""), render(with("TRUNK_BACKUP_HOST", "dallas1.voip.ms")));
        String endpoints = Files.readString(rendered().resolve("pjsip.conf"));
        assertTrue(endpoints.contains("\naors = voipms,voipms-2\n"), endpoints);
        assertTrue(
                Files.readString(rendered().resolve("pjsip-backup-registration.conf"))
                        .contains("server_uri = sip:dallas1.voip.ms\n"));
        Command.Result unasked =
                render(
                        with("TRUNK_BACKUP_HOST", "dallas1.voip.ms")
                                .replace("TRUNK_QUALIFY_SECONDS=60", "TRUNK_QUALIFY_SECONDS=0"));
        assertTrue(unasked.output().contains("TRUNK_QUALIFY_SECONDS: expected"), unasked::output);
    }

    private static String encrypted() throws IOException {
        return edited().replace("TRUNK_TRANSPORT=udp", "TRUNK_TRANSPORT=tls")
                .replaceAll(
                        "(?m)^TRUNK_CA_FILE=.*$",
                        "TRUNK_CA_FILE=/etc/ssl/certs/ca-certificates.crt");
    }

    private Command.Result render(String values) throws IOException {
        Path file = Files.writeString(folder.resolve("values"), values);
        return Command.attempt(
                List.of(Project.renderScript().toString(), file.toString(), rendered().toString()));
    }

    private Path rendered() {
        return folder.resolve("etc");
    }

    private static String with(String key, String value) throws IOException {
        return String.join(
                        "\n",
                        edited().lines()
                                .map(l -> l.startsWith(key + "=") ? key + "=" + value : l)
                                .toList())
                + "\n";
    }

    /// The example, filled in.
    private static String edited() throws IOException {
        return example()
                .replaceAll("(?m)^TRUNK_ACCOUNT=.*$", "TRUNK_ACCOUNT=100000_lab")
                .replaceAll("(?m)^TRUNK_PASSWORD=.*$", "TRUNK_PASSWORD=a-password")
                .replaceAll("(?m)^ARI_SECRET=.*$", "ARI_SECRET=Zq8-Jw2_mN5xR7tYbC4v")
                .replace("192.0.2.2:", "208.100.60.2:")
                .replace("192.0.2.", "208.100.60.");
    }

    private static String example() throws IOException {
        return Files.readString(Project.renderScript().resolveSibling("values.example"));
    }
}
