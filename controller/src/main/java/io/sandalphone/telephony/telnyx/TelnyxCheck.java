package io.sandalphone.telephony.telnyx;

import io.sandalphone.config.Finding;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.telephony.markup.NumberFindings;
import io.sandalphone.telephony.markup.RestClient;
import io.sandalphone.telephony.markup.Webhooks;
import io.sandalphone.telephony.stream.StreamSettings;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Asks Telnyx whether a gateway with these settings would get calls: the key opens the account, its TeXML
/// application announces calls here, and elsewhere while we are down, and the number is the application's.
/// Reads only.
public final class TelnyxCheck {
    private static final String KEY = "telnyx.api-key";
    private static final String APP = "telnyx.app-id";
    private static final String NUMBER = "telnyx.phone-number";
    private static final String URL = "telnyx.api-url";

    private final TelnyxSettings settings;
    private final Set<String> dialled;
    private final NumberFindings findings;

    /// `dialled` are the countries (ISO 3166) in which somebody may be rung.
    public TelnyxCheck(TelnyxSettings settings, StreamSettings streams, Set<String> dialled) {
        this.settings = settings;
        this.dialled = dialled;
        findings = new NumberFindings("Telnyx", streams);
    }

    /// Blocks for two request time-outs at most. Once.
    public List<Finding> check() throws InterruptedException {
        findings.signatures("a webhook must be signed for telnyx.public-key, within 5 minutes");
        try (var rest = new TelnyxRest(settings, new AccountId())) {
            RestClient.Page app = rest.read("/texml_applications/" + settings.appId());
            switch (app.status()) {
                case 200 -> {
                    application(app.json().object("data"));
                    numbers(rest);
                }
                case 401, 403 -> findings.fault(KEY, "Telnyx does not know this key");
                case 404 -> findings.fault(APP, "the account has no such TeXML application");
                default -> findings.fault(URL, "Telnyx answers " + app.status());
            }
        } catch (IOException e) {
            findings.fault(
                    URL,
                    "no answer from " + settings.apiUrl() + ": " + e.getClass().getSimpleName());
        } catch (UnreadableException e) {
            findings.fault(URL, "what answers there is not Telnyx' REST interface");
        }
        return findings.all();
    }

    private void application(JsonMessage app) {
        if (app.flag("active").orElse(true)) {
            findings.ok("the TeXML application is active");
        } else {
            findings.fault(APP, "the TeXML application is not active");
        }
        findings.webhook(
                app.text("voice_url").orElse(""),
                Webhooks.voicePath(TelnyxCarrier.NAME),
                "in the portal, the TeXML application's webhook URL");
        String method = app.text("voice_method").orElse("get").toLowerCase(Locale.ROOT);
        if (!method.equals("post")) {
            findings.fault(
                    "",
                    "the TeXML application asks by "
                            + method.toUpperCase(Locale.ROOT)
                            + ", of which Telnyx signs nothing; it must be POST");
        }
        findings.fallback(app.text("voice_fallback_url").orElse(""));
    }

    private void numbers(TelnyxRest rest)
            throws IOException, InterruptedException, UnreadableException {
        String filter = URLEncoder.encode("filter[phone_number]", StandardCharsets.UTF_8);
        String number = URLEncoder.encode(settings.phoneNumber().number(), StandardCharsets.UTF_8);
        RestClient.Page page = rest.read("/phone_numbers?" + filter + "=" + number);
        if (page.status() != 200) {
            findings.warning(
                    "", "the account's numbers cannot be read: Telnyx answers " + page.status());
            return;
        }
        List<JsonMessage> found = page.json().list("data");
        if (found.isEmpty()) {
            findings.fault(NUMBER, "the account has no such number");
            return;
        }
        String connection = found.getFirst().text("connection_id").orElse("");
        if (connection.equals(settings.appId())) {
            findings.ok("the number is the application's");
            findings.countries(
                    settings.phoneNumber(),
                    dialled,
                    "in the portal, the outbound voice profile's destinations");
        } else {
            findings.fault(
                    "",
                    "the number is of "
                            + (connection.isEmpty() ? "no connection" : "another connection")
                            + "; in the portal, its voice settings must name the TeXML"
                            + " application");
        }
    }
}
