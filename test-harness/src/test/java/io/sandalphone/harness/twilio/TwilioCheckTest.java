package io.sandalphone.harness.twilio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Finding;
import io.sandalphone.config.Finding.Kind;
import io.sandalphone.config.Secret;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamSettings;
import io.sandalphone.telephony.twilio.TwilioCheck;
import io.sandalphone.telephony.twilio.TwilioSettings;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the doctor finds out about an account of the simulated Twilio.
class TwilioCheckTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final String NUMBER = "+12125550100";
    private static final String VOICE = "https://gw.example.org/twilio/voice";

    private SimulatedTwilio twilio;
    private Set<String> dialled = Set.of();

    @BeforeEach
    void start() {
        twilio = SimulatedTwilio.start(VERTX.get());
    }

    @AfterEach
    void stop() {
        twilio.close();
    }

    private List<Finding> check() throws InterruptedException {
        return check(twilio.account().authToken(), twilio.api(), true);
    }

    private List<Finding> check(String token, URI api, boolean verify) throws InterruptedException {
        var settings =
                new TwilioSettings(
                        twilio.account().sid(), new Secret(token), new E164(NUMBER), api, 1, false);
        var streams =
                new StreamSettings(
                        Optional.of(PublicUrl.read("https://gw.example.org").url()),
                        verify,
                        Optional.empty());
        return new TwilioCheck(settings, streams, dialled).check();
    }

    private static List<Kind> kinds(List<Finding> findings) {
        return findings.stream().map(Finding::kind).toList();
    }

    @Test
    void an_account_that_is_set_up_has_no_faults() throws Exception {
        twilio.number(
                new IncomingNumber(NUMBER, VOICE)
                        .withFallbackUrl("https://handler.example.com/EH1"));

        assertEquals(List.of(Kind.OK, Kind.OK, Kind.OK, Kind.OK, Kind.OK), kinds(check()));
        assertEquals("the number is of US", check().get(3).message());
    }

    @Test
    void what_the_account_does_not_tell_is_said_with_where_to_look() throws Exception {
        twilio.number(
                new IncomingNumber(NUMBER, VOICE)
                        .withFallbackUrl("https://handler.example.com/EH1"));
        dialled = new TreeSet<>(Set.of("MX", "US"));

        assertEquals(
                List.of(
                        "not to be found out from here: in the console, Voice, Settings, Geo"
                                + " permissions must allow calls to MX, US (limits.destinations),"
                                + " and should allow no others"),
                check().stream()
                        .filter(finding -> finding.kind() == Kind.WARNING)
                        .map(Finding::message)
                        .toList());
    }

    @Test
    void a_number_without_a_fallback_is_warned_of() throws Exception {
        twilio.number(new IncomingNumber(NUMBER, VOICE));
        Finding last = check().getLast();
        assertEquals(Kind.WARNING, last.kind());
        assertTrue(last.message().contains("fallback"), last.message());

        twilio.number(new IncomingNumber(NUMBER, VOICE).withFallbackUrl(VOICE));
        assertTrue(check().getLast().message().contains("is this gateway"));
    }

    @Test
    void a_webhook_that_leads_elsewhere_is_a_fault_that_says_where_it_must_lead() throws Exception {
        twilio.number(
                new IncomingNumber(NUMBER, "https://user:word@old.example.org/voice?key=secret"));

        Finding webhook = check().get(2);

        assertEquals(Kind.FAULT, webhook.kind());
        assertEquals(
                "the number's calls are announced at https://old.example.org/voice; in the console,"
                        + " A CALL COMES IN must be "
                        + VOICE,
                webhook.message());
    }

    @Test
    void a_number_of_somebody_else_is_a_fault_and_is_not_shown() throws Exception {
        Finding last = check().getLast();

        assertEquals(Kind.FAULT, last.kind());
        assertEquals("twilio.phone-number", last.setting());
        assertFalse(last.message().contains("555"));
    }

    @Test
    void a_wrong_token_is_a_fault_of_the_credentials() throws Exception {
        Finding last = check("another token", twilio.api(), true).getLast();

        assertEquals(Kind.FAULT, last.kind());
        assertEquals("twilio.account-sid, twilio.auth-token", last.setting());
    }

    @Test
    void an_address_where_nobody_answers_is_a_fault() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }

        Finding last = check("token", URI.create("http://127.0.0.1:" + closed), true).getLast();

        assertEquals(Kind.FAULT, last.kind());
        assertEquals("twilio.api-url", last.setting());
    }

    @Test
    void signatures_that_are_not_checked_are_warned_of() throws Exception {
        Finding first = check(twilio.account().authToken(), twilio.api(), false).getFirst();

        assertEquals(Kind.WARNING, first.kind());
        assertEquals("verify-signatures", first.setting());
    }
}
