package io.sandalphone.telephony.twilio;

import io.sandalphone.config.Finding;
import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamSettings;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Asks Twilio whether a gateway with these settings would get calls: the account is known, has the
/// number, and the number's calls are announced here, and elsewhere while we are down. Reads only.
public final class TwilioCheck {
    private static final String CREDENTIALS = "twilio.account-sid, twilio.auth-token";
    private static final String NUMBER = "twilio.phone-number";

    private final TwilioSettings settings;
    private final StreamSettings streams;
    private final List<Finding> findings = new ArrayList<>();

    public TwilioCheck(TwilioSettings settings, StreamSettings streams) {
        this.settings = settings;
        this.streams = streams;
    }

    /// Blocks for two request time-outs at most. Once.
    public List<Finding> check() throws InterruptedException {
        signatures();
        try (var rest = new TwilioRest(settings)) {
            TwilioRest.Page account = rest.read(".json");
            switch (account.status()) {
                case 200 -> {
                    account(parsed(account));
                    numbers(rest);
                }
                case 401, 403 ->
                        fault(
                                CREDENTIALS,
                                "Twilio does not know this account with this token; it must be the"
                                        + " primary one, not an API key");
                default -> fault("twilio.api-url", "Twilio answers " + account.status());
            }
        } catch (IOException e) {
            fault(
                    "twilio.api-url",
                    "no answer from " + settings.apiUrl() + ": " + e.getClass().getSimpleName());
        } catch (UnreadableException e) {
            fault("twilio.api-url", "what answers there is not Twilio's REST interface");
        }
        return List.copyOf(findings);
    }

    /// What a request must be signed over, for whoever compares it with the console.
    private void signatures() {
        Optional<PublicUrl> url = streams.publicUrl();
        if (url.isEmpty()) {
            fault("public-url", "none: Twilio cannot be told where to connect its sockets");
        }
        if (streams.verifySignatures()) {
            url.ifPresent(
                    known ->
                            ok(
                                    "a webhook must be signed over "
                                            + known.web(TwilioWebhooks.VOICE)
                                            + ", as it stands in the console"));
        } else {
            warning("verify-signatures", "off: whoever reaches the listener is believed");
        }
    }

    private static JsonMessage parsed(TwilioRest.Page page) throws UnreadableException {
        return JsonMessage.parse(page.body()).optional();
    }

    private void account(JsonMessage account) {
        String status = account.text("status").orElse("");
        if (status.equals("active")) {
            ok("the account is active");
        } else {
            fault(CREDENTIALS, "the account is " + (status.isEmpty() ? "in no state" : status));
        }
    }

    private void numbers(TwilioRest rest)
            throws IOException, InterruptedException, UnreadableException {
        String number = URLEncoder.encode(settings.phoneNumber().number(), StandardCharsets.UTF_8);
        TwilioRest.Page page = rest.read("/IncomingPhoneNumbers.json?PhoneNumber=" + number);
        if (page.status() != 200) {
            warning("", "the account's numbers cannot be read: Twilio answers " + page.status());
            return;
        }
        List<JsonMessage> found = parsed(page).list("incoming_phone_numbers");
        if (found.isEmpty()) {
            fault(NUMBER, "the account has no such number");
        } else {
            number(found.getFirst());
        }
    }

    private void number(JsonMessage number) {
        if (!number.object("capabilities").flag("voice").orElse(true)) {
            fault(NUMBER, "the number takes no calls");
        }
        if (isSet(number, "voice_application_sid") || isSet(number, "trunk_sid")) {
            fault(
                    "",
                    "an application or a trunk of the account takes the number's calls, not its"
                            + " webhook");
        }
        streams.publicUrl().ifPresent(url -> webhook(number, url.web(TwilioWebhooks.VOICE)));
        fallback(number);
    }

    private static boolean isSet(JsonMessage number, String field) {
        return number.text(field).filter(text -> !text.isEmpty()).isPresent();
    }

    private void webhook(JsonMessage number, String ours) {
        String theirs = number.text("voice_url").orElse("");
        if (theirs.equals(ours)) {
            ok("the number's calls are announced at " + ours);
        } else {
            fault(
                    "public-url",
                    "the number's calls are announced "
                            + (theirs.isEmpty() ? "nowhere" : "at " + withoutQuery(theirs))
                            + "; in the console, A CALL COMES IN must be "
                            + ours);
        }
    }

    /// An operator may have put a password into the query.
    private static String withoutQuery(String url) {
        return url.replaceFirst("[?#].*", "").replaceFirst("//[^/@]*@", "//");
    }

    private void fallback(JsonMessage number) {
        String fallback = number.text("voice_fallback_url").orElse("");
        if (fallback.isEmpty()) {
            warning(
                    "",
                    "the number has no fallback URL: who calls while the gateway is down hears an"
                            + " error and is connected with nobody");
        } else if (isHere(fallback)) {
            warning(
                    "",
                    "the number's fallback URL is this gateway, which is down when it is asked");
        } else {
            ok("the number has a fallback URL");
        }
    }

    private boolean isHere(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        return streams.publicUrl().filter(ours -> lower.startsWith(ours.web("/"))).isPresent();
    }

    private void ok(String message) {
        findings.add(Finding.ok(message));
    }

    private void warning(String setting, String message) {
        findings.add(Finding.warning(setting, message));
    }

    private void fault(String setting, String message) {
        findings.add(Finding.fault(setting, message));
    }
}
