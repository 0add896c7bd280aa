package io.sandalphone.cost;

import java.util.Currency;
import java.util.Optional;

/// What a call, or a day, has cost at one moment, and the cap that it reached, if any.
public record Costs(Spending spending, Currency currency, Optional<CostCap> reached) {}
