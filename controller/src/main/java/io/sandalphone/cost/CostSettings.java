package io.sandalphone.cost;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Optional;

/// What calls cost and may cost. Amounts are in `currency`; a day ends at midnight in `zone`;
/// `ledger` is the file that keeps what the day has cost over a restart.
public record CostSettings(
        Currency currency,
        Optional<BigDecimal> perCall,
        Optional<BigDecimal> perDay,
        ZoneId zone,
        Optional<Path> ledger,
        PriceTable prices) {
    public CostSettings {
        if (prices.isFree() && (perCall.isPresent() || perDay.isPresent())) {
            throw new IllegalArgumentException("a cap, which no amount reaches without prices");
        }
    }
}
