package io.sandalphone.telephony.markup;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;

/// How it stands with a call, as its carrier says when it is asked.
public sealed interface Standing {
    /// Its party is connected.
    record Connected() implements Standing {}

    /// It is over, or there is none.
    record Over() implements Standing {}

    /// The carrier did not say, for `why`, a short fixed word for log and metric: `rate-limited`, `unreachable`, `credentials`,
    /// `refused`, or `state` where the call does something that a connected one does not.
    record Unsaid(String why) implements Standing {
        /// Whether the answer may be another one a moment later.
        boolean passes() {
            return why.equals(RATE_LIMITED) || why.equals(UNREACHABLE);
        }
    }

    /// Why a carrier does not answer for the moment: it is asked too much.
    String RATE_LIMITED = "rate-limited";

    /// Why a carrier does not answer for the moment: it is not there.
    String UNREACHABLE = "unreachable";

    /// What an answer says, in which no other account than `account` may be named as the call's.
    static Standing of(RestClient.Page page, String account) {
        int status = page.status();
        if (status >= 500) {
            return new Unsaid(UNREACHABLE);
        }
        return switch (status) {
            case 200 -> read(page, account);
            case 401 -> new Unsaid("credentials");
            case 404 -> new Over();
            case 429 -> new Unsaid(RATE_LIMITED);
            default -> new Unsaid("refused");
        };
    }

    private static Standing read(RestClient.Page page, String account) {
        JsonMessage call;
        try {
            call = page.json();
        } catch (UnreadableException _) {
            return new Unsaid("refused");
        }
        if (!call.text("account_sid").orElse(account).equals(account)) {
            return new Unsaid("refused");
        }
        return call.text("status")
                .flatMap(CallStatus::of)
                .<Standing>map(
                        status ->
                                status == CallStatus.IN_PROGRESS
                                        ? new Connected()
                                        : status.isTerminal() ? new Over() : new Unsaid("state"))
                .orElseGet(() -> new Unsaid("state"));
    }
}
