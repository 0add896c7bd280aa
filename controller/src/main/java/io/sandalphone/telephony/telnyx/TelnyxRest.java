package io.sandalphone.telephony.telnyx;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.markup.RestAnswer;
import io.sandalphone.telephony.markup.RestClient;
import io.sandalphone.telephony.markup.Standing;
import io.sandalphone.telephony.stream.FormParameters;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// The few requests of Telnyx' REST interface for TeXML that calls need: JSON begins a call, forms change it.
/// Thread-safe.
final class TelnyxRest implements AutoCloseable {
    // "Call has already ended".
    private static final String ENDED = "90018";
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.-]{1,16}");

    private final String root;
    private final String appId;
    private final AccountId account;
    private final RestClient client;

    /// `account` is what webhooks have told of it by the time that it is needed.
    TelnyxRest(TelnyxSettings settings, AccountId account) {
        root = settings.apiUrl().toString().replaceFirst("/+$", "") + "/v2";
        appId = settings.appId();
        this.account = account;
        client = new RestClient("Bearer " + settings.apiKey().reveal(), new Words());
    }

    /// Begins a call: by the account, whose interface documents every parameter, or by the application as long
    /// as no webhook has told the account.
    RestAnswer createCall(ObjectNode call) throws InterruptedException {
        String url =
                account.known()
                        .map(id -> calls(id))
                        .orElseGet(() -> root + "/texml/calls/" + appId);
        call.put("ApplicationSid", appId);
        return client.create(url, RestClient.json(call.toString()));
    }

    /// Changes a call: ends it, or gives it another document. Where no webhook has told the account yet
    /// nothing is sent; each call has one that does.
    RestAnswer updateCall(String callId, FormParameters form) throws InterruptedException {
        Optional<String> id = account.known();
        if (id.isEmpty()) {
            return new RestAnswer.Unsent("the account is not known yet");
        }
        return client.update(call(id.get(), callId), RestClient.form(form));
    }

    /// Says how it stands with a call, as soon as the account is known.
    Standing standing(String callId) throws InterruptedException {
        Optional<String> id = account.known();
        if (id.isEmpty()) {
            return new Standing.Unsaid("account");
        }
        return client.standing(call(id.get(), callId), id.get());
    }

    /// The account, as soon as it is known.
    Optional<String> account() {
        return account.known();
    }

    /// Whether `id` is the account's name, which it is taken for as long as none is known.
    boolean isOf(String id) {
        return account.known().map(id::equals).orElseGet(() -> account.learn(id));
    }

    private String call(String accountId, String callId) {
        return calls(accountId) + "/" + URLEncoder.encode(callId, StandardCharsets.UTF_8);
    }

    private String calls(String accountId) {
        return root + "/texml/Accounts/" + accountId + "/Calls";
    }

    /// Reads what stands below the interface's address.
    RestClient.Page read(String path) throws IOException, InterruptedException {
        return client.read(root + path);
    }

    @Override
    public void close() {
        client.close();
    }

    /// What Telnyx' answers mean.
    private static final class Words implements RestClient.Vocabulary {
        @Override
        public Optional<String> callId(JsonMessage answer) {
            return answer.text("call_sid").filter(id -> !id.isEmpty());
        }

        @Override
        public RestAnswer.Refused refused(int status, JsonMessage answer) {
            String code =
                    answer.list("errors").stream()
                            .flatMap(error -> error.optional().text("code").stream())
                            .filter(text -> CODE.matcher(text).matches())
                            .findFirst()
                            .orElse("");
            return new RestAnswer.Refused(status, code, reason(status, code), cause(status));
        }

        private static RestAnswer.Reason reason(int status, String code) {
            if (code.equals(ENDED)) {
                return RestAnswer.Reason.GONE;
            }
            return switch (status) {
                case 401 -> RestAnswer.Reason.CREDENTIALS;
                case 404 -> RestAnswer.Reason.GONE;
                case 429 -> RestAnswer.Reason.TOO_MANY;
                default -> RestAnswer.Reason.OTHER;
            };
        }

        private static HangupCause cause(int status) {
            // What the account may not do: call that country, or have so many calls at once.
            return status == 403 ? HangupCause.REJECTED : HangupCause.FAILURE;
        }
    }
}
