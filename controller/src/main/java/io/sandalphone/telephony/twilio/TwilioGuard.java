package io.sandalphone.telephony.twilio;

import io.sandalphone.config.Secret;
import io.sandalphone.telephony.markup.Refusal;
import io.sandalphone.telephony.markup.RefusalLog;
import io.sandalphone.telephony.markup.Sender;
import io.sandalphone.telephony.markup.Webhooks;
import io.sandalphone.telephony.stream.FormParameters;
import io.sandalphone.telephony.stream.PublicUrl;
import io.sandalphone.telephony.stream.StreamProtocol.Admission;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/// Believes what comes from Twilio and nothing else. What is signed is the address that Twilio was
/// given, so it is reckoned from the public one, whatever proxies in front make of the request.
///
/// Thread-safe: one serves every listener.
final class TwilioGuard implements Sender {
    /// What must hold of a request, for the log.
    static final String ADVICE =
            "request refused: its X-Twilio-Signature is not over the address that was checked. If"
                + " it came from Twilio, public-url must be scheme and host of the address that"
                + " stands in Twilio's console, and twilio.auth-token the account's primary token";

    private final TwilioSignature signature;
    private final String accountSid;
    private final PublicUrl publicUrl;
    private final boolean verify;
    private final RefusalLog refusals;

    /// `authToken` is the primary one of the account that is served.
    TwilioGuard(
            String accountSid,
            Secret authToken,
            PublicUrl publicUrl,
            boolean verify,
            RefusalLog refusals) {
        signature = new TwilioSignature(authToken);
        this.accountSid = accountSid;
        this.publicUrl = publicUrl;
        this.verify = verify;
        this.refusals = refusals;
    }

    /// Whether Twilio asks for a socket.
    Admission admit(HttpServerRequest upgrade) {
        if (!verify) {
            return Admission.ADMITTED;
        }
        String given = upgrade.getHeader(TwilioSignature.HEADER);
        if (given == null) {
            return Admission.NOT_MINE;
        }
        String url = publicUrl.socket(upgrade.uri());
        if (signature.coversSocket(given, url)) {
            return Admission.ADMITTED;
        }
        refused(upgrade, url, given);
        return Admission.REFUSED;
    }

    @Override
    public boolean isGenuine(HttpServerRequest request, byte[] body) {
        if (!verify) {
            return true;
        }
        String given = request.getHeader(TwilioSignature.HEADER);
        String url = publicUrl.web(request.uri());
        boolean genuine = given != null && covers(given, url, request, body);
        if (!genuine) {
            refused(request, url, given);
        }
        return genuine;
    }

    private boolean covers(String given, String url, HttpServerRequest request, byte[] body) {
        if (!Webhooks.isForm(request, body)) {
            return signature.coversBody(given, url, body);
        }
        try {
            var form = FormParameters.parse(new String(body, StandardCharsets.UTF_8));
            return signature.covers(given, url, form);
        } catch (IllegalArgumentException _) {
            // What is no form can have been signed by nobody.
            return false;
        }
    }

    private void refused(HttpServerRequest request, String url, @Nullable String given) {
        refusals.refused(
                request,
                url.replaceFirst("\\?.*", "?…"),
                given == null ? Refusal.SIGNATURE_MISSING : Refusal.SIGNATURE_WRONG);
    }

    /// The account that is served.
    String accountSid() {
        return accountSid;
    }

    @Override
    public boolean isOurs(FormParameters parameters) {
        return parameters.get("AccountSid").filter(accountSid::equals).isPresent();
    }

    @Override
    public boolean isCall(String text) {
        return Sids.isCall(text);
    }
}
