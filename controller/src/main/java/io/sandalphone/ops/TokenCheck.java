package io.sandalphone.ops;

import io.sandalphone.config.Secret;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Lets a request pass that shows the token. Others fail with 401, are counted, and leave a line in
/// the log with the address they came from, for whoever bans those who guess (fail2ban).
///
/// Runs on the server's loop.
final class TokenCheck implements Handler<RoutingContext> {
    private static final Logger log = LoggerFactory.getLogger(TokenCheck.class);

    /// How many lines a second may be written; whoever guesses faster is known by then.
    static final int LINES_PER_SECOND = 10;

    private final Secret token;
    private final OpsMeters meters;
    private final LongSupplier nanoTime;
    private long secondBegan;
    private int lines;

    /// `nanoTime` is a monotonic clock.
    TokenCheck(Secret token, OpsMeters meters, LongSupplier nanoTime) {
        this.token = token;
        this.meters = meters;
        this.nanoTime = nanoTime;
        secondBegan = nanoTime.getAsLong();
    }

    @Override
    public void handle(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        if (token.isBorneBy(header)) {
            context.next();
            return;
        }
        meters.refused().increment();
        note(context.request().remoteAddress().hostAddress());
        context.response().putHeader("WWW-Authenticate", "Bearer realm=\"sandalphone\"");
        Answers.fail(
                context,
                401,
                header == null
                        ? "a token is needed: Authorization: Bearer …"
                        : "the token is not the right one");
    }

    private void note(String address) {
        long now = nanoTime.getAsLong();
        if (now - secondBegan >= TimeUnit.SECONDS.toNanos(1)) {
            secondBegan = now;
            lines = 0;
        }
        lines++;
        if (lines <= LINES_PER_SECOND) {
            // The sentence and the key are a promise: filters of fail2ban look for them.
            log.atWarn().addKeyValue("address", address).log("operator refused, no valid token");
        }
    }
}
