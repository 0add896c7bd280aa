package io.sandalphone.web;

import io.sandalphone.config.Secret;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Lets a request pass that shows the operator's token. Others fail with 401, are counted, and leave a
/// line in the log with the address they came from, for whoever bans those who guess (fail2ban). One
/// serves all who ask for that token, so whoever guesses here and there writes no more lines than
/// whoever guesses at one place. Thread-safe.
public final class TokenCheck implements Handler<RoutingContext> {
    private static final Logger log = LoggerFactory.getLogger(TokenCheck.class);

    /// How many lines a second may be written; whoever guesses faster is known by then.
    static final int LINES_PER_SECOND = 10;

    private final Secret token;
    private final TokenMeters meters;
    private final LongSupplier nanoTime;
    private long secondBegan;
    private int lines;

    /// `nanoTime` is a monotonic clock.
    public TokenCheck(Secret token, TokenMeters meters, LongSupplier nanoTime) {
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
        refuse(context.request().remoteAddress().hostAddress());
        context.response().putHeader("WWW-Authenticate", "Bearer realm=\"sandalphone\"");
        Answers.fail(
                context,
                401,
                header == null
                        ? "a token is needed: Authorization: Bearer …"
                        : "the token is not the right one");
    }

    /// Whether `guess`, which came from `address`, is the token. A wrong one is counted and noted as one
    /// in a request is.
    public boolean admits(String guess, String address) {
        if (token.matches(guess)) {
            return true;
        }
        refuse(address);
        return false;
    }

    private void refuse(String address) {
        meters.refused().increment();
        if (mayWrite()) {
            // The sentence and the key are a promise: filters of fail2ban look for them.
            log.atWarn().addKeyValue("address", address).log("operator refused, no valid token");
        }
    }

    private synchronized boolean mayWrite() {
        long now = nanoTime.getAsLong();
        if (now - secondBegan >= TimeUnit.SECONDS.toNanos(1)) {
            secondBegan = now;
            lines = 0;
        }
        lines++;
        return lines <= LINES_PER_SECOND;
    }
}
