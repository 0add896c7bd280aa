package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    void the_example_renders_for_nobody_else_to_read() throws IOException {
        assertEquals(new Command.Result(0, ""), render(example()));
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
                example()
                        .replaceAll("(?m)^(TRUNK_HOST|ARI_USER)=.*\n", "")
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
        render(with("MEDIA_NETWORKS", "\"198.51.100.0/24 203.0.113.7\""));
        String firewall = Files.readString(rendered().resolve("firewall.nft"));
        for (String rule :
                List.of(
                        "elements = { 192.0.2.10,192.0.2.11 }",
                        "elements = { 198.51.100.0/24,203.0.113.7 }",
                        "udp dport 5060 ip saddr != @trunk counter drop",
                        "udp dport 10000-19999 ip saddr != @media counter drop")) {
            assertTrue(firewall.contains(rule), rule + " in:\n" + firewall);
        }
    }

    @Test
    void values_are_read_and_never_run() throws IOException {
        Path trace = folder.resolve("trace");
        render(with("TRUNK_ACCOUNT", "$(touch " + trace + ")"));
        assertFalse(Files.exists(trace));
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
                        example()
                                .lines()
                                .map(l -> l.startsWith(key + "=") ? key + "=" + value : l)
                                .toList())
                + "\n";
    }

    private static String example() throws IOException {
        return Files.readString(Project.renderScript().resolveSibling("values.example"));
    }
}
