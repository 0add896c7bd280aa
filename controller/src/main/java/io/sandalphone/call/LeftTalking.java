package io.sandalphone.call;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// Says that two people of a gateway before this one are left to talk untranslated.
final class LeftTalking {
    private static final Logger log = LoggerFactory.getLogger(LeftTalking.class);

    private LeftTalking() {}

    /// Says it to the log, to `meters` and to `watchers`. `found` is what the carrier said, where it did.
    static void tell(
            String callId,
            Readoption.Reason reason,
            @Nullable String found,
            long atEpochMillis,
            CallMeters meters,
            CallObserver watchers) {
        meters.left(reason).increment();
        watchers.on(new CallEvent.Left(callId, reason.wireName(), atEpochMillis));
        LoggingEventBuilder line =
                log.atWarn().addKeyValue("call", callId).addKeyValue("reason", reason.wireName());
        (found == null ? line : line.addKeyValue("found", found))
                .log("call left to talk untranslated");
    }
}
