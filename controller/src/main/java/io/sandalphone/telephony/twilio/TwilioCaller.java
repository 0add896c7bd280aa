package io.sandalphone.telephony.twilio;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.stream.FormParameters;

import java.util.Set;

/// Who calls, as Twilio tells it.
final class TwilioCaller {
    // What Twilio writes in place of a number that the caller withholds, or that is not known:
    // ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN and UNAVAILABLE on a telephone's keys.
    private static final Set<String> WITHHELD =
            Set.of("+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253");

    private TwilioCaller() {}

    /// As the parameters of an arriving call tell.
    static CallerId of(FormParameters parameters) {
        String number = parameters.get("From").filter(from -> !WITHHELD.contains(from)).orElse("");
        return CallerId.received(number, parameters.get("CallerName").orElse(""));
    }
}
