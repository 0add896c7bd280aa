package io.sandalphone.telephony.twilio;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.telephony.HangupCause;
import io.sandalphone.telephony.markup.RestAnswer;
import io.sandalphone.telephony.markup.RestClient;
import io.sandalphone.telephony.markup.Standing;
import io.sandalphone.telephony.stream.FormParameters;

import okhttp3.Credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Twilio's REST interface: forms there, JSON back. Thread-safe.
final class TwilioRest implements RestApi {
    private final String accountSid;
    private final String root;
    private final String calls;
    private final RestClient client;

    TwilioRest(TwilioSettings settings) {
        accountSid = settings.accountSid();
        root =
                settings.apiUrl().toString().replaceFirst("/+$", "")
                        + "/2010-04-01/Accounts/"
                        + accountSid;
        calls = root + "/Calls";
        client =
                new RestClient(
                        Credentials.basic(
                                settings.accountSid(),
                                settings.authToken().reveal(),
                                StandardCharsets.UTF_8),
                        new Words());
    }

    @Override
    public RestAnswer createCall(FormParameters form) throws InterruptedException {
        return client.create(calls + ".json", RestClient.form(form));
    }

    @Override
    public RestAnswer updateCall(String callSid, FormParameters form) throws InterruptedException {
        return client.update(calls + "/" + callSid + ".json", RestClient.form(form));
    }

    @Override
    public Standing standing(String callSid) throws InterruptedException {
        return client.standing(calls + "/" + callSid + ".json", accountSid);
    }

    /// Reads what stands below the account's address.
    RestClient.Page read(String path) throws IOException, InterruptedException {
        return client.read(root + path);
    }

    @Override
    public void close() {
        client.close();
    }

    /// What Twilio's answers mean.
    private static final class Words implements RestClient.Vocabulary {
        @Override
        public Optional<String> callId(JsonMessage answer) {
            return answer.text("sid").filter(Sids::isCall);
        }

        @Override
        public RestAnswer.Refused refused(int status, JsonMessage answer) {
            long code = answer.integer("code").orElse(0);
            return TwilioRest.refused(status, code > 0 && code < 1_000_000 ? (int) code : 0);
        }
    }

    /// What an error of Twilio's means: `code` is its number, 0 where it said none.
    static RestAnswer.Refused refused(int status, int code) {
        return new RestAnswer.Refused(
                status, code == 0 ? "" : Integer.toString(code), reason(status, code), cause(code));
    }

    private static RestAnswer.Reason reason(int status, int code) {
        // "Call is not in-progress": it cannot be changed because it is over, or not yet there.
        if (code == 21220) {
            return RestAnswer.Reason.OTHER_STATE;
        }
        return switch (status) {
            case 401 -> RestAnswer.Reason.CREDENTIALS;
            case 404 -> RestAnswer.Reason.GONE;
            case 429 -> RestAnswer.Reason.TOO_MANY;
            default -> RestAnswer.Reason.OTHER;
        };
    }

    /// What is wrong with the number or its country, or with us.
    private static HangupCause cause(int code) {
        return switch (code) {
            case 13223, 13224, 21201, 21211, 21214, 21217 -> HangupCause.UNALLOCATED;
            case 13225, 13227, 21215, 21216 -> HangupCause.REJECTED;
            case 10004, 20429, 22005 -> HangupCause.CONGESTION;
            default -> HangupCause.FAILURE;
        };
    }
}
