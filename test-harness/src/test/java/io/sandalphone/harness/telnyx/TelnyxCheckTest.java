package io.sandalphone.harness.telnyx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.config.Finding;
import io.sandalphone.config.Finding.Kind;
import io.sandalphone.config.Secret;
import io.sandalphone.harness.carrier.IncomingNumber;
import io.sandalphone.harness.lab.SharedByClass;
import io.sandalphone.harness.lab.TcpPort;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamSettings;
import io.sandalphone.telephony.telnyx.TelnyxCheck;
import io.sandalphone.telephony.telnyx.TelnyxCodec;
import io.sandalphone.telephony.telnyx.TelnyxSettings;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the doctor finds out about an account of the simulated Telnyx.
class TelnyxCheckTest {
    @RegisterExtension private static final SharedByClass<Vertx> VERTX = SharedByClass.vertx();

    private static final String NUMBER = "+12125550100";
    private static final String VOICE = "https://gw.example.org/telnyx/voice";

    private SimulatedTelnyx telnyx;

    @BeforeEach
    void start() {
        telnyx = SimulatedTelnyx.start(VERTX.get());
    }

    @AfterEach
    void stop() {
        telnyx.close();
    }

    private List<Finding> check() throws InterruptedException {
        return check(telnyx.account().apiKey(), telnyx.account().application(), telnyx.api());
    }

    private List<Finding> check(String key, String app, URI api) throws InterruptedException {
        var settings =
                new TelnyxSettings(
                        new Secret(key),
                        telnyx.keys().publicKey(),
                        app,
                        new E164(NUMBER),
                        api,
                        1,
                        false,
                        TelnyxCodec.PCMU,
                        TelnyxSettings.Linear.BIG_ENDIAN);
        var streams =
                new StreamSettings(
                        Optional.of(PublicUrl.read("https://gw.example.org").url()),
                        true,
                        Optional.empty());
        return new TelnyxCheck(settings, streams, Set.of("MX")).check();
    }

    private static List<Kind> kinds(List<Finding> findings) {
        return findings.stream().map(Finding::kind).toList();
    }

    @Test
    void an_account_that_is_set_up_has_no_faults() throws Exception {
        telnyx.number(
                new IncomingNumber(NUMBER, VOICE)
                        .withFallbackUrl("https://handler.example.com/bin"));

        assertEquals(
                List.of(Kind.OK, Kind.OK, Kind.OK, Kind.OK, Kind.OK, Kind.OK, Kind.WARNING),
                kinds(check()));
        assertTrue(check().getLast().message().contains("must allow calls to MX"));
    }

    @Test
    void an_application_without_a_fallback_is_warned_of() throws Exception {
        telnyx.number(new IncomingNumber(NUMBER, VOICE));
        Finding fallback = check().get(3);

        assertEquals(Kind.WARNING, fallback.kind());
        assertTrue(fallback.message().contains("fallback"), fallback.message());
    }

    @Test
    void a_webhook_that_leads_elsewhere_is_a_fault_that_says_where_it_must_lead() throws Exception {
        telnyx.number(new IncomingNumber(NUMBER, "https://old.example.org/voice?key=secret"));
        Finding webhook = check().get(2);

        assertEquals(Kind.FAULT, webhook.kind());
        assertEquals(
                "the number's calls are announced at https://old.example.org/voice; in the portal,"
                        + " the TeXML application's webhook URL must be "
                        + VOICE,
                webhook.message());
    }

    @Test
    void a_number_of_somebody_else_is_a_fault_and_is_not_shown() throws Exception {
        Finding last = check().getLast();

        assertEquals(Kind.FAULT, last.kind());
        assertEquals("telnyx.phone-number", last.setting());
        assertFalse(last.message().contains("555"));
    }

    @Test
    void a_wrong_key_and_a_wrong_application_are_told_apart() throws Exception {
        Finding key = check("another", telnyx.account().application(), telnyx.api()).getLast();
        Finding app = check(telnyx.account().apiKey(), "2", telnyx.api()).getLast();

        assertEquals(List.of(Kind.FAULT, Kind.FAULT), kinds(List.of(key, app)));
        assertEquals("telnyx.api-key", key.setting());
        assertEquals("telnyx.app-id", app.setting());
    }

    @Test
    void an_address_where_nobody_answers_is_a_fault() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:" + TcpPort.free());
        Finding last = check("key", "1", nobody).getLast();

        assertEquals(Kind.FAULT, last.kind());
        assertEquals("telnyx.api-url", last.setting());
    }
}
