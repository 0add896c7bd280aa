package io.sandalphone.providers.google;

import io.sandalphone.json.JsonMessage;
import io.sandalphone.json.JsonMessage.UnreadableException;
import io.sandalphone.speech.SpeechException.Kind;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// An answer of Google's that is no success: the HTTP status, and the names Google gives the reason
/// (`status`, `errors[].reason`, `details[].reason` of its error body). Of the body's prose nothing is
/// kept, since it may repeat what was sent.
record Refusal(int status, List<String> reasons) {
    private static final Set<String> TOO_FAST =
            Set.of("userratelimitexceeded", "ratelimitexceeded", "resourceexhausted");
    private static final Set<String> USED_UP = Set.of("dailylimitexceeded", "quotaexceeded");
    private static final Set<String> BAD_KEY = Set.of("apikeyinvalid", "keyinvalid", "keyexpired");

    Refusal {
        reasons = List.copyOf(reasons);
    }

    static Refusal of(int status, String body) {
        return new Refusal(status, reasons(body));
    }

    private static List<String> reasons(String body) {
        JsonMessage error;
        try {
            error = JsonMessage.parse(body).object("error");
        } catch (UnreadableException _) {
            return List.of();
        }
        return Stream.of(
                        reasons(error.list("errors")),
                        reasons(error.list("details")),
                        error.text("status").stream())
                .flatMap(reasons -> reasons)
                .filter(reason -> reason.matches("[A-Za-z_]{1,60}"))
                .distinct()
                .toList();
    }

    private static Stream<String> reasons(List<JsonMessage> entries) {
        return entries.stream().flatMap(entry -> entry.text("reason").stream());
    }

    /// What to do about it. Over-quota is recognised by its reason, whichever status it comes with.
    Kind kind() {
        if (has(USED_UP)) {
            return Kind.QUOTA;
        }
        if (has(TOO_FAST) || status == 429) {
            return Kind.OVERLOADED;
        }
        if (has(BAD_KEY) || status == 401 || status == 403) {
            return Kind.CREDENTIALS;
        }
        return status == 408 || status >= 500 ? Kind.PROVIDER_FAULT : Kind.REQUEST;
    }

    /// Whether one of `known` is among the reasons, in either of Google's spellings:
    /// `rateLimitExceeded`, `RATE_LIMIT_EXCEEDED`.
    private boolean has(Set<String> known) {
        return reasons.stream()
                .map(reason -> reason.toLowerCase(Locale.ROOT).replace("_", ""))
                .anyMatch(known::contains);
    }

    ApiFailure failure() {
        return ApiFailure.of(kind(), "Google refused: " + this);
    }

    @Override
    public String toString() {
        return reasons.isEmpty() ? "HTTP " + status : "HTTP " + status + ' ' + reasons.getFirst();
    }
}
