package io.sandalphone.harness.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who guesses at ARI's password: Asterisk says nothing of it, so the firewall does.
@RealAsterisk
class AriRefusalTest {
    private static final String FILTER = "fail2ban/filter.d/sandalphone-ari.conf";

    private final AsteriskHost host;

    AriRefusalTest(AsteriskHost host) {
        this.host = host;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandalphone:wrong", "admin:admin", "sandalphone:", ":"})
    void a_refused_log_in_is_seen(String login) {
        long before = host.refusedLogIns();
        String shown = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        var stranger =
                new LoopbackHttp(
                        host.vps(),
                        host.ari().getPort(),
                        Map.of("Authorization", "Basic " + shown));
        assertEquals(401, stranger.request("GET", "/ari/channels").status());
        assertEquals(before + 1, host.refusedLogIns());
    }

    @Test
    void and_none_that_was_let_in() {
        long before = host.refusedLogIns();
        assertEquals(200, host.ariRequests().request("GET", "/ari/channels").status());
        assertEquals(404, host.ariRequests().request("GET", "/ari/channels/none").status());
        assertEquals(before, host.refusedLogIns());
    }

    @Test
    void fail2ban_reads_the_address_in_the_line_that_the_kernel_writes() throws IOException {
        List<String> filter =
                Files.readAllLines(
                        Project.renderScript().resolveSibling("../scripts").resolve(FILTER));
        String regex =
                filter.stream()
                        .filter(line -> line.startsWith("failregex = "))
                        .map(line -> line.substring("failregex = ".length()))
                        .findFirst()
                        .orElseThrow();
        Matcher matcher =
                Pattern.compile(regex.replace("<ADDR>", "(?<host>[0-9.]+)"))
                        .matcher(
                                "sandalphone ari log-in refused: IN= OUT=eth0 SRC=10.77.0.2"
                                    + " DST=10.77.0.9 LEN=81 TOS=0x00 PREC=0x00 TTL=64 ID=21524 DF"
                                    + " PROTO=TCP SPT=8088 DPT=40264 WINDOW=64 RES=0x00 ACK PSH"
                                    + " URGP=0");
        assertTrue(matcher.find());
        assertEquals("10.77.0.9", matcher.group("host"));
    }
}
