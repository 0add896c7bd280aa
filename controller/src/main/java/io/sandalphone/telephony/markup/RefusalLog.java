package io.sandalphone.telephony.markup;

import io.sandalphone.time.NanoClock;
import io.vertx.core.http.HttpServerRequest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Counts requests whose signature does not hold, and logs what was checked of them, seldom: whoever guesses
/// signatures must not fill the log. Thread-safe.
public final class RefusalLog {
    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

    private static final Duration LOG_PAUSE = Duration.ofSeconds(10);

    private final MarkupMeters meters;
    private final NanoClock clock;
    private final String advice;
    private final AtomicLong unlogged = new AtomicLong();
    private final AtomicLong nextLog;

    /// `advice` is a sentence that says what must hold, and what to change when the request was the carrier's.
    public RefusalLog(MarkupMeters meters, NanoClock clock, String advice) {
        this.meters = meters;
        this.clock = clock;
        this.advice = advice;
        nextLog = new AtomicLong(clock.nanoTime());
    }

    /// `request` was refused; `checked` is what its signature was held against.
    public void refused(HttpServerRequest request, String checked, Refusal reason) {
        meters.refuse(reason);
        long count = unlogged.incrementAndGet();
        long now = clock.nanoTime();
        long next = nextLog.get();
        if (now - next < 0 || !nextLog.compareAndSet(next, now + LOG_PAUSE.toNanos())) {
            return;
        }
        unlogged.addAndGet(-count);
        log.atWarn()
                .addKeyValue("reason", reason.word())
                .addKeyValue("checked", checked)
                .addKeyValue("host", String.valueOf(request.authority()))
                .addKeyValue("forwarded", request.getHeader("X-Forwarded-Host"))
                .addKeyValue("requests", count)
                .log(advice);
    }
}
