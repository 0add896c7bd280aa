package io.sandalphone.telephony.markup;

import io.sandalphone.time.NanoClock;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/// Counts requests whose signature does not hold, and logs what was checked of them, each reason at most once a
/// second: whoever guesses signatures must not fill the log, nor hide why the carrier's own requests are refused.
/// Thread-safe.
public final class RefusalLog {
    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

    private static final Duration LOG_PAUSE = Duration.ofSeconds(1);

    private final MarkupMeters meters;
    private final NanoClock clock;
    private final String advice;
    private final Map<Refusal, Lines> lines = new EnumMap<>(Refusal.class);

    /// When a reason may be logged again, and how often it came since it was.
    private static final class Lines {
        long unlogged;
        long nextNanos;

        Lines(long nextNanos) {
            this.nextNanos = nextNanos;
        }
    }

    /// `advice` is a sentence that says what must hold, and what to change when the request was the carrier's.
    public RefusalLog(MarkupMeters meters, NanoClock clock, String advice) {
        this.meters = meters;
        this.clock = clock;
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
        long count = due(reason);
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

    /// How many requests the line is about that is to be written now; 0 when none is.
    private synchronized long due(Refusal reason) {
        long now = clock.nanoTime();
        Lines known = lines.computeIfAbsent(reason, _ -> new Lines(now));
        known.unlogged++;
        if (now - known.nextNanos < 0) {
            return 0;
        }
        long count = known.unlogged;
        known.unlogged = 0;
        known.nextNanos = now + LOG_PAUSE.toNanos();
        return count;
    }
}
