package io.sandalphone.telephony.twilio;

import io.sandalphone.json.JsonMessage;

import java.util.Optional;

/// What came of one request to Twilio's REST interface.
sealed interface RestAnswer {
    /// Twilio did it. `sid` is the call's, where it was said.
    record Done(Optional<String> sid, Optional<CallStatus> status) implements RestAnswer {}

    /// Twilio did not. `code` is its own number for why, 0 where it said none.
    record Refused(int status, int code) implements RestAnswer {
        // "Call is not in-progress": it cannot be changed because it is over, or not yet there.
        private static final int NOT_IN_PROGRESS = 21220;

        /// Whether there is no such call.
        boolean isGone() {
            return status == 404;
        }

        /// Whether the call is not in a state in which it could be changed so.
        boolean isInAnotherState() {
            return code == NOT_IN_PROGRESS;
        }

        /// Whether the account makes too many requests just now.
        boolean isTooMany() {
            return status == 429;
        }
    }

    /// Nothing was sent: no connection came about.
    record Unsent(String why) implements RestAnswer {}

    /// It was sent, and whether Twilio did it is not known.
    record Unknown(String why) implements RestAnswer {}

    /// What an answer of `status` with `body` says.
    static RestAnswer read(int status, String body) {
        JsonMessage message;
        try {
            message = JsonMessage.parse(body);
        } catch (JsonMessage.UnreadableException _) {
            return status >= 200 && status < 300
                    ? new Done(Optional.empty(), Optional.empty())
                    : unread(status);
        }
        if (status >= 200 && status < 300) {
            return new Done(
                    message.text("sid").filter(Sids::isCall),
                    message.text("status").flatMap(CallStatus::of));
        }
        if (status >= 500) {
            return unread(status);
        }
        long code = message.integer("code").orElse(0);
        return new Refused(status, code > 0 && code < 1_000_000 ? (int) code : 0);
    }

    private static RestAnswer unread(int status) {
        // Behind a 5xx the request may have been carried out all the same.
        return status >= 500 ? new Unknown("status " + status) : new Refused(status, 0);
    }
}
