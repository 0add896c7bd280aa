package io.sandalphone.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// What was used of vendors' services, and what that costs. `amount` is exact: the sum of charges
/// that were each rounded once, so it is the same in whatever order they came. Tokens are those that language models read and
/// wrote.
public record Spending(
        Duration listened,
        long translatedCharacters,
        long spokenCharacters,
        long readTokens,
        long writtenTokens,
        BigDecimal amount) {
    /// Nothing was used.
    public static final Spending NOTHING = new Spending(Duration.ZERO, 0, 0, 0, 0, BigDecimal.ZERO);

    private static final int SHOWN = 6;

    /// The amount for people and logs, to the millionth.
    public BigDecimal rounded() {
        return amount.setScale(SHOWN, RoundingMode.HALF_UP);
    }

    static Spending of(Service service, long quantity, BigDecimal amount) {
        return switch (service) {
            case LISTENED -> new Spending(Duration.ofNanos(quantity), 0, 0, 0, 0, amount);
            case TRANSLATED -> new Spending(Duration.ZERO, quantity, 0, 0, 0, amount);
            case SPOKEN -> new Spending(Duration.ZERO, 0, quantity, 0, 0, amount);
            case READ -> new Spending(Duration.ZERO, 0, 0, quantity, 0, amount);
            case WRITTEN -> new Spending(Duration.ZERO, 0, 0, 0, quantity, amount);
        };
    }

    Spending plus(Spending more) {
        return new Spending(
                listened.plus(more.listened),
                translatedCharacters + more.translatedCharacters,
                spokenCharacters + more.spokenCharacters,
                readTokens + more.readTokens,
                writtenTokens + more.writtenTokens,
                amount.add(more.amount));
    }

    boolean reaches(BigDecimal limit) {
        return amount.compareTo(limit) >= 0;
    }
}
