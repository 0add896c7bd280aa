package io.sandalphone.telephony.telnyx;

import io.micrometer.core.instrument.Counter;
import io.sandalphone.json.JsonMessage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// What Telnyx says over one stream in its event `error`: each is counted, the first is logged, and the stream
/// goes on. Other events are left alone. Runs on the call's loop.
final class Complaints implements Consumer<JsonMessage> {
    private static final Logger log = LoggerFactory.getLogger(Complaints.class);

    private static final Pattern TITLE = Pattern.compile("[A-Za-z_ ]{1,64}");

    private final String callId;
    private final Counter errors;
    private boolean logged;

    /// `callId` is our name of the call.
    Complaints(String callId, Counter errors) {
        this.callId = callId;
        this.errors = errors;
    }

    @Override
    public void accept(JsonMessage message) {
        if (!message.text("event").equals(Optional.of("error"))) {
            return;
        }
        errors.increment();
        if (!logged) {
            logged = true;
            JsonMessage payload = message.object("payload");
            log.atWarn()
                    .addKeyValue("call", callId)
                    .addKeyValue("code", payload.integer("code").orElse(0))
                    .addKeyValue(
                            "title",
                            payload.text("title")
                                    .filter(text -> TITLE.matcher(text).matches())
                                    .orElse(""))
                    .log("Telnyx complains of a stream; it goes on");
        }
    }
}
