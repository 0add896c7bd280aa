package io.sandalphone.telephony.telnyx;

import io.sandalphone.telephony.CallerId;
import io.sandalphone.telephony.stream.FormParameters;

/// Who calls, as Telnyx tells it.
final class TelnyxCaller {
    private TelnyxCaller() {}

    /// As the parameters of an arriving call tell. A number that the caller withholds is a word such as `anonymous`, which is
    /// no number.
    static CallerId of(FormParameters parameters) {
        return CallerId.received(
                parameters.get("From").orElse(""),
                parameters.get("CallerName").or(() -> parameters.get("CallerId")).orElse(""));
    }
}
