package io.sandalphone.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// What calls cost. `today` holds who knows the costs of the present day, and is asked whenever
/// somebody looks.
public record CostMeters(
        Counter listened,
        Counter translated,
        Counter spoken,
        Counter listenedSeconds,
        Counter translatedCharacters,
        Counter spokenCharacters,
        Counter cappedPerCall,
        Counter cappedPerDay,
        Counter unpriced,
        Counter ledgerFailed,
        AtomicReference<Supplier<? extends Number>> today) {
    public static CostMeters register(MeterRegistry registry) {
        AtomicReference<Supplier<? extends Number>> today = new AtomicReference<>(() -> 0);
        Gauge.builder("sandalphone.cost.today", () -> Objects.requireNonNull(today.get()).get())
                .description("What all calls of this calendar day cost, in costs.currency")
                .register(registry);
        return new CostMeters(
                spent(registry, "listened"),
                spent(registry, "translated"),
                spent(registry, "spoken"),
                Counter.builder("sandalphone.cost.listened")
                        .description("Recognition that vendors bill for")
                        .baseUnit("seconds")
                        .register(registry),
                characters(registry, "translated"),
                characters(registry, "spoken"),
                capped(registry, "per-call"),
                capped(registry, "per-day"),
                Counter.builder("sandalphone.cost.unpriced")
                        .description("Charges under a tariff that has no price in costs.prices")
                        .register(registry),
                Counter.builder("sandalphone.cost.ledger.failed")
                        .description(
                                "Times the costs of the day could not be written to their file")
                        .register(registry),
                today);
    }

    private static Counter spent(MeterRegistry registry, String service) {
        return Counter.builder("sandalphone.cost.spent")
                .description("What calls cost, in costs.currency, by what vendors bill for")
                .tag("service", service)
                .register(registry);
    }

    private static Counter characters(MeterRegistry registry, String service) {
        return Counter.builder("sandalphone.cost.characters")
                .description("Text that vendors bill for")
                .baseUnit("characters")
                .tag("service", service)
                .register(registry);
    }

    private static Counter capped(MeterRegistry registry, String cap) {
        return Counter.builder("sandalphone.cost.capped")
                .description("Calls that went on untranslated because a cap was reached")
                .baseUnit("calls")
                .tag("cap", cap)
                .register(registry);
    }
}
