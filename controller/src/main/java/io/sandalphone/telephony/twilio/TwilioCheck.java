package io.sandalphone.telephony.twilio;

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
import java.util.Set;

/// Asks Twilio whether a gateway with these settings would get calls: the account is known, has the
/// number, and the number's calls are announced here, and elsewhere while we are down. Reads only.
public final class TwilioCheck {
    private static final String CREDENTIALS = "twilio.account-sid, twilio.auth-token";
    private static final String VOICE = Webhooks.voicePath(TwilioCarrier.NAME);
    private static final String NUMBER = "twilio.phone-number";

    private final TwilioSettings settings;
    private final StreamSettings streams;
    private final Set<String> dialled;
    private final NumberFindings findings;

    /// `dialled` are the countries (ISO 3166) in which somebody may be rung.
    public TwilioCheck(TwilioSettings settings, StreamSettings streams, Set<String> dialled) {
        this.settings = settings;
        this.dialled = dialled;
        findings = new NumberFindings("Twilio", streams);
        this.streams = streams;
    }

    /// Blocks for two request time-outs at most. Once.
    public List<Finding> check() throws InterruptedException {
        findings.signatures(
                streams.publicUrl()
                        .map(
                                url ->
                                        "a webhook must be signed over "
                                                + url.web(VOICE)
                                                + ", as it stands in the console")
                        .orElse(""));
        try (var rest = new TwilioRest(settings)) {
            RestClient.Page account = rest.read(".json");
            switch (account.status()) {
                case 200 -> {
                    account(account.json());
                    numbers(rest);
                }
                case 401, 403 ->
                        findings.fault(
                                CREDENTIALS,
                                "Twilio does not know this account with this token; it must be the"
                                        + " primary one, not an API key");
                default -> findings.fault("twilio.api-url", "Twilio answers " + account.status());
            }
        } catch (IOException e) {
            findings.fault(
                    "twilio.api-url",
                    "no answer from " + settings.apiUrl() + ": " + e.getClass().getSimpleName());
        } catch (UnreadableException e) {
            findings.fault("twilio.api-url", "what answers there is not Twilio's REST interface");
        }
        return findings.all();
    }

    private void account(JsonMessage account) {
        String status = account.text("status").orElse("");
        if (status.equals("active")) {
            findings.ok("the account is active");
        } else {
            findings.fault(
                    CREDENTIALS, "the account is " + (status.isEmpty() ? "in no state" : status));
        }
    }

    private void numbers(TwilioRest rest)
            throws IOException, InterruptedException, UnreadableException {
        String number = URLEncoder.encode(settings.phoneNumber().number(), StandardCharsets.UTF_8);
        RestClient.Page page = rest.read("/IncomingPhoneNumbers.json?PhoneNumber=" + number);
        if (page.status() != 200) {
            findings.warning(
                    "", "the account's numbers cannot be read: Twilio answers " + page.status());
            return;
        }
        List<JsonMessage> found = page.json().list("incoming_phone_numbers");
        if (found.isEmpty()) {
            findings.fault(NUMBER, "the account has no such number");
        } else {
            number(found.getFirst());
        }
    }

    private void number(JsonMessage number) {
        if (!number.object("capabilities").flag("voice").orElse(true)) {
            findings.fault(NUMBER, "the number takes no calls");
        }
        if (isSet(number, "voice_application_sid") || isSet(number, "trunk_sid")) {
            findings.fault(
                    "",
                    "an application or a trunk of the account takes the number's calls, not its"
                            + " webhook");
        }
        findings.webhook(
                number.text("voice_url").orElse(""), VOICE, "in the console, A CALL COMES IN");
        findings.countries(
                settings.phoneNumber(),
                dialled,
                "in the console, Voice, Settings, Geo permissions");
        findings.fallback(number.text("voice_fallback_url").orElse(""));
    }

    private static boolean isSet(JsonMessage number, String field) {
        return number.text(field).filter(text -> !text.isEmpty()).isPresent();
    }
}
