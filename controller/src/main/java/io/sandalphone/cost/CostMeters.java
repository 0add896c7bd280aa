package io.sandalphone.cost;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sandalphone.metrics.MeterGroup;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// What calls cost. `today` holds who knows the costs of the present day, and is asked whenever
/// somebody looks.
public record CostMeters(
        Counter listened,
        Counter translated,
        Counter spoken,
        Counter read,
        Counter written,
        Counter listenedSeconds,
        Counter translatedCharacters,
        Counter spokenCharacters,
        Counter readTokens,
        Counter writtenTokens,
        Counter cappedPerCall,
        Counter cappedPerDay,
        Counter unpriced,
        Counter ledgerFailed,
        AtomicReference<Supplier<? extends Number>> today) {
    public static CostMeters register(MeterRegistry registry) {
        AtomicReference<Supplier<? extends Number>> today = new AtomicReference<>(() -> 0);
        var group = new MeterGroup(registry, "cost");
        group.gauge(
                "today",
                "",
                "What all calls of this calendar day cost, in costs.currency",
                () -> Objects.requireNonNull(today.get()).get());
        return new CostMeters(
                spent(group, "listened"),
                spent(group, "translated"),
                spent(group, "spoken"),
                spent(group, "read"),
                spent(group, "written"),
                group.counter("listened", "seconds", "Recognition that vendors bill for"),
                characters(group, "translated"),
                characters(group, "spoken"),
                tokens(group, "read"),
                tokens(group, "written"),
                capped(group, "per-call"),
                capped(group, "per-day"),
                group.counter(
                        "unpriced", "", "Charges under a tariff that has no price in costs.prices"),
                group.counter(
                        "ledger.failed",
                        "",
                        "Times the costs of the day could not be written to their file"),
                today);
    }

    private static Counter spent(MeterGroup group, String service) {
        return group.counter(
                "spent",
                "",
                "What calls cost, in costs.currency, by what vendors bill for",
                "service",
                service);
    }

    private static Counter characters(MeterGroup group, String service) {
        return group.counter(
                "characters", "characters", "Text that vendors bill for", "service", service);
    }

    private static Counter tokens(MeterGroup group, String service) {
        return group.counter(
                "tokens",
                "",
                "Tokens that vendors bill for, as far as they tell, and else estimated",
                "service",
                service);
    }

    private static Counter capped(MeterGroup group, String cap) {
        return group.counter(
                "capped",
                "calls",
                "Calls that went on untranslated because a cap was reached",
                "cap",
                cap);
    }
}
