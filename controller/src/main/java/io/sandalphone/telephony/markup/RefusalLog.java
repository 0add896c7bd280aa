package io.sandalphone.telephony.markup;

import io.sandalphone.telephony.stream.LogPauses;
import io.sandalphone.time.NanoClock;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts requests whose signature does not hold, and logs what was checked of them, each reason at most once a
/// second: whoever guesses signatures must not fill the log, nor hide why the carrier's own requests are refused.
/// Thread-safe.
public final class RefusalLog {
    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

    private final MarkupMeters meters;
    private final String advice;
    private final LogPauses<Refusal> pauses;

    /// `advice` is a sentence that says what must hold, and what to change when the request was the carrier's.
    public RefusalLog(MarkupMeters meters, NanoClock clock, String advice) {
        this.meters = meters;
        pauses = new LogPauses<>(Refusal.class, clock);
        this.advice = advice;
    }

    /// `request` was refused; `checked` is what its signature was held against.
    public void refused(HttpServerRequest request, String checked, Refusal reason) {
        refused(
                String.valueOf(request.authority()),
                request.getHeader("X-Forwarded-Host"),
                checked,
                reason);
    }

    /// The same of a request for `host`, which a proxy says was for `forwarded`.
    void refused(String host, @Nullable String forwarded, String checked, Refusal reason) {
        meters.refuse(reason);
        long count = pauses.due(reason);
        if (count == 0) {
            return;
        }
        log.atWarn()
                .addKeyValue("reason", reason.word())
                .addKeyValue("checked", checked)
                .addKeyValue("host", host)
                .addKeyValue("forwarded", forwarded)
                .addKeyValue("requests", count)
                .log(advice);
    }
}
