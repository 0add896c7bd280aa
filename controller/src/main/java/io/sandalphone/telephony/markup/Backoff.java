package io.sandalphone.telephony.markup;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before something is asked for again: from `first`, twice as long each time, up to
/// `longest`, each a fifth shorter or longer by chance, so that many who were refused together do not
/// come again together.
final class Backoff {
    private final long longest;
    private final RandomGenerator chance;
    private long next;

    Backoff(Duration first, Duration longest, RandomGenerator chance) {
        next = first.toNanos();
        this.longest = longest.toNanos();
        this.chance = chance;
    }

    Duration next() {
        long wait = (long) (next * chance.nextDouble(0.8, 1.2));
        next = Math.min(longest, next * 2);
        return Duration.ofNanos(wait);
    }
}
