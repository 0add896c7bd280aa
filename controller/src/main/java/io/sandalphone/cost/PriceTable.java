package io.sandalphone.cost;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What vendors charge, by tariff: for an hour listened, a million characters translated, a million
/// characters spoken.
///
/// A tariff is a provider's name, or that, a dash and a plan: `polly`, `polly-neural`. What a plan
/// has no price for costs what its provider asks; a price of 0 is free, which is not the same as none.
public record PriceTable(Map<String, Map<Service, BigDecimal>> tariffs) {
    /// What a tariff's name must look like, for messages to people.
    public static final String EXPECTED_TARIFF =
            "an engine's name, or that and a plan, such as polly or polly-neural";

    public PriceTable {
        tariffs =
                tariffs.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        entry -> tariff(entry.getKey()),
                                        entry -> Map.copyOf(entry.getValue())));
    }

    /// The name of a tariff, checked.
    ///
    /// @throws IllegalArgumentException when it is none
    public static String tariff(String name) {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("expected " + EXPECTED_TARIFF);
        }
        return name;
    }

    /// What `service` costs under `tariff`, if that is known.
    Optional<BigDecimal> price(String tariff, Service service) {
        return price(tariffs.get(tariff), service)
                .or(() -> price(tariffs.get(provider(tariff)), service));
    }

    private static Optional<BigDecimal> price(
            @Nullable Map<Service, BigDecimal> prices, Service service) {
        return prices == null ? Optional.empty() : Optional.ofNullable(prices.get(service));
    }

    private static String provider(String tariff) {
        int dash = tariff.indexOf('-');
        return dash < 0 ? tariff : tariff.substring(0, dash);
    }

    /// Whether nothing has a price above 0.
    boolean isFree() {
        return tariffs.values().stream()
                .flatMap(prices -> prices.values().stream())
                .allMatch(price -> price.signum() == 0);
    }
}
