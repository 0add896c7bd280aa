package io.sandalphone.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// What vendors bill for. Each is measured in whole `quantities`, of which a price covers many:
/// listening in nanoseconds, priced by the hour, what is translated and spoken in characters, and what a language model reads
/// and writes in tokens, all priced by the million.
public enum Service {
    LISTENED(Duration.ofHours(1).toNanos()),
    TRANSLATED(1_000_000),
    SPOKEN(1_000_000),
    READ(1_000_000),
    WRITTEN(1_000_000);

    /// Digits of an amount after the point. The most by which the rounding of one charge is off, half
    /// a millionth of a millionth, would take ages to add up to a cent.
    private static final int SCALE = 12;

    private final BigDecimal priced;

    Service(long priced) {
        this.priced = BigDecimal.valueOf(priced);
    }

    /// What `quantity` costs at `price`.
    BigDecimal amount(BigDecimal price, long quantity) {
        return price.multiply(BigDecimal.valueOf(quantity))
                .divide(priced, SCALE, RoundingMode.HALF_UP);
    }
}
