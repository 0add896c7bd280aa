package io.sandalphone.harness.ari;

import java.time.Duration;
import java.util.regex.Pattern;

/// Something that goes wrong with a request.
record Fault(String method, Pattern path, boolean once, Effect effect, ArmedFault armed) {
    sealed interface Effect {
        /// Refused without being carried out.
        record Refuse(int status) implements Effect {}

        /// Carried out at once, answered late: its events come long before its answer.
        record Delay(Duration duration) implements Effect {}

        /// Carried out, never answered.
        record Stall() implements Effect {}
    }

    boolean hits(RecordedRequest request) {
        return method.equals(request.method()) && path.matcher(request.path()).matches();
    }
}
