package io.sandalphone.harness.smoke;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.fakes.FakeTls;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.smoke.Finding.Outcome;
import io.sandalphone.harness.smoke.TestDeployment.Habits;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class SmokeTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    @TempDir private Path folder;

    @Test
    void a_good_deployment_has_nothing_wrong_nor_untried_but_what_is_not_known() throws Exception {
        FakeTls tls = FakeTls.make(folder);
        List<Finding> findings = run(Optional.of(tls), Habits.GOOD, TestDeployment.TWILIO_TOKEN);

        assertEquals(List.of(), of(findings, Outcome.WRONG));
        assertEquals(
                List.of("GET /sessions, operators", "POST /telnyx/voice, genuine signature"),
                of(findings, Outcome.UNTRIED));
        assertTrue(
                detail(findings, "WS /twilio/stream, genuine signature")
                        .contains("closed with 1008"),
                findings.toString());
        assertTrue(
                detail(findings, "WS /client, nobody's ticket").contains("closed with 1008"),
                findings.toString());
        assertEquals(19, findings.size(), findings.toString());
    }

    @Test
    void without_the_accounts_token_what_needs_it_is_not_tried() throws Exception {
        List<Finding> findings = run(Optional.empty(), Habits.GOOD, "");

        assertEquals(List.of(), of(findings, Outcome.WRONG));
        assertEquals(
                List.of(
                        "GET /sessions, operators",
                        "POST /twilio/voice, genuine signature",
                        "WS /twilio/stream, genuine signature",
                        "POST /telnyx/voice, genuine signature"),
                of(findings, Outcome.UNTRIED));
    }

    @Test
    void a_proxy_that_drops_upgrade_is_named() throws Exception {
        var habits = new Habits("", true, true, true);
        List<Finding> findings = run(Optional.empty(), habits, TestDeployment.TWILIO_TOKEN);

        assertEquals(
                List.of(
                        "WS /twilio/stream, no signature",
                        "WS /twilio/stream, genuine signature",
                        "WS /media-stream/TOKEN, guessed",
                        "WS /client, nobody's ticket",
                        "WS /client, from another site"),
                of(findings, Outcome.WRONG));
        assertTrue(
                detail(findings, "WS /twilio/stream, genuine signature")
                        .contains("loses the header Upgrade"),
                findings.toString());
    }

    @Test
    void a_gateway_that_believes_in_another_host_is_told_from_a_wrong_token() throws Exception {
        var habits = new Habits("other.example.org", false, true, true);
        List<Finding> findings = run(Optional.empty(), habits, TestDeployment.TWILIO_TOKEN);

        assertEquals(
                List.of(
                        "POST /twilio/voice, genuine signature",
                        "WS /twilio/stream, genuine signature"),
                of(findings, Outcome.WRONG));
        assertTrue(
                detail(findings, "POST /twilio/voice, genuine signature")
                        .contains("public-url is not"),
                findings.toString());
    }

    @Test
    void a_wrong_token_is_refused_as_a_wrong_host_is() throws Exception {
        List<Finding> findings = run(Optional.empty(), Habits.GOOD, "another token");

        assertEquals(2, of(findings, Outcome.WRONG).size(), findings.toString());
    }

    @Test
    void a_gateway_that_checks_nothing_is_wrong_everywhere() throws Exception {
        var habits = new Habits("", false, false, true);
        List<Finding> findings;
        try (var gateway = TestDeployment.start(VERTX.get(), Optional.empty(), habits);
                HttpClient client = HttpClient.newHttpClient()) {
            var site = new Site(client, Duration.ofMillis(200));
            findings = Smoke.run(deployment(gateway.base(), "any"), site, _ -> {});
        }

        List<String> wrong = of(findings, Outcome.WRONG);
        assertTrue(wrong.contains("GET /sessions, from outside"), wrong.toString());
        assertTrue(wrong.contains("POST /twilio/voice, no signature"), wrong.toString());
        assertTrue(wrong.contains("WS /twilio/stream, no signature"), wrong.toString());
        assertTrue(wrong.contains("WS /twilio/stream, genuine signature"), wrong.toString());
        assertTrue(wrong.contains("POST /asterisk/inbound"), wrong.toString());
        assertTrue(wrong.contains("POST /telnyx/voice, no signature"), wrong.toString());
        assertTrue(wrong.contains("POST /telnyx/voice, a stranger's signature"), wrong.toString());
        assertTrue(wrong.contains("WS /media-stream/TOKEN, guessed"), wrong.toString());
        assertTrue(wrong.contains("POST /tickets"), wrong.toString());
        assertTrue(wrong.contains("WS /client, nobody's ticket"), wrong.toString());
        assertTrue(wrong.contains("WS /client, from another site"), wrong.toString());
    }

    @Test
    void what_is_not_set_up_there_is_not_wrong() throws Exception {
        var habits = new Habits("", false, true, false);
        List<Finding> findings = run(Optional.empty(), habits, TestDeployment.TWILIO_TOKEN);

        assertEquals(List.of(), of(findings, Outcome.WRONG));
        assertTrue(
                of(findings, Outcome.UNTRIED).contains("POST /twilio/voice, no signature"),
                findings.toString());
    }

    @Test
    void another_page_in_place_of_ours_is_told() throws Exception {
        var habits = new Habits("", false, true, true, "<title>Welcome to nginx!</title>");
        List<Finding> findings = run(Optional.empty(), habits, TestDeployment.TWILIO_TOKEN);

        assertEquals(List.of("GET /phone"), of(findings, Outcome.WRONG));
    }

    @Test
    void an_expired_certificate_is_named_and_nothing_else_is_tried() throws Exception {
        FakeTls tls = FakeTls.expired(folder);
        List<Finding> findings = run(Optional.of(tls), Habits.GOOD, "");

        assertEquals(List.of("GET /health"), of(findings, Outcome.WRONG));
        assertEquals("the certificate has expired: renew it", detail(findings, "GET /health"));
        assertEquals(1, findings.size());
    }

    @Test
    void nobody_there_is_the_only_finding() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            List<Finding> findings =
                    Smoke.run(
                            deployment(URI.create("http://127.0.0.1:1"), ""),
                            new Site(client),
                            _ -> {});
            assertEquals(List.of("GET /health"), of(findings, Outcome.WRONG));
            assertTrue(
                    detail(findings, "GET /health").startsWith("nobody listens there"),
                    findings.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--base-url gw.example.org",
                "--base-url https://gw.example.org/twilio",
                "--base-url https://gw.example.org --operator-url ftp://gw.example.org"
            })
    void a_wrong_command_line_ends_with_two(String line) {
        var command = SmokeCommand.commandLine();
        var printed = new StringWriter();
        command.setErr(new PrintWriter(printed, true));

        assertEquals(2, command.execute(line.isEmpty() ? new String[0] : line.split(" ")));
        assertTrue(printed.toString().contains("--base-url"), printed.toString());
    }

    private static Deployment deployment(URI base, String twilioToken) {
        return new Deployment(
                base,
                Optional.empty(),
                Optional.of(TestDeployment.TOKEN),
                Optional.of(twilioToken).filter(token -> !token.isEmpty()));
    }

    private static List<Finding> run(Optional<FakeTls> tls, Habits habits, String twilioToken) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        tls.ifPresent(with -> builder.sslContext(with.trustingContext()));
        try (var gateway = TestDeployment.start(VERTX.get(), tls, habits);
                HttpClient client = builder.build()) {
            return Smoke.run(deployment(gateway.base(), twilioToken), new Site(client), _ -> {});
        }
    }

    private static List<String> of(List<Finding> findings, Outcome outcome) {
        return findings.stream()
                .filter(each -> each.outcome() == outcome)
                .map(Finding::tried)
                .toList();
    }

    private static String detail(List<Finding> findings, String tried) {
        return findings.stream()
                .filter(each -> each.tried().equals(tried))
                .findFirst()
                .orElseThrow()
                .detail();
    }
}
