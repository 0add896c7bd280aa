package io.sandalphone.cost;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.SpeechProvider;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What vendors charge, by tariff: for an hour listened, a million characters translated or spoken, a million tokens that a
/// language model reads or writes.
///
/// A tariff is a provider's name, or that, a dash and a plan: `polly`, `polly-neural`. What a plan
/// has no price for costs what its provider asks; a price of 0 is free, which is not the same as none.
public record PriceTable(Map<String, Map<Service, BigDecimal>> tariffs) {
    /// What a tariff's name must look like, for messages to people.
    private static final String EXPECTED_TARIFF =
            "an engine's name, or that and a plan, such as polly or polly-neural";

    /// What an amount must look like, for messages to people.
    static final String EXPECTED_AMOUNT = "an amount such as 5.00";

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
    static String tariff(String name) {
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

    /// Reads the section `costs.prices`. A name that none of `providers` and none of `brains` reports its usage under, or a
    /// service that its provider does not offer, is a mistake: the price would never be asked for.
    static Setting<PriceTable> read(
            Section section, List<SpeechProvider> providers, List<String> brains) {
        Map<String, Set<Service>> billed = billed(providers);
        for (String brain : brains) {
            billed.computeIfAbsent(brain, _ -> EnumSet.noneOf(Service.class))
                    .addAll(Set.of(Service.READ, Service.WRITTEN));
        }
        var unknown = JsonNodeFactory.instance.objectNode();
        for (Service service : Service.values()) {
            unknown.put(key(service), "none");
        }
        Map<Setting<String>, Setting<Map<Service, BigDecimal>>> tariffs = new LinkedHashMap<>();
        section.sections(unknown)
                .values()
                .forEach(
                        own ->
                                tariffs.put(
                                        own.name(
                                                "one of "
                                                        + String.join(
                                                                ", ",
                                                                new TreeSet<>(billed.keySet())),
                                                name -> requireKnown(name, billed)),
                                        tariff(own, billed)));
        return section.make(
                () -> {
                    Map<String, Map<Service, BigDecimal>> table = new LinkedHashMap<>();
                    tariffs.forEach((name, prices) -> table.put(name.get(), prices.get()));
                    return new PriceTable(table);
                });
    }

    private static void requireKnown(String name, Map<String, Set<Service>> billed) {
        if (!billed.containsKey(name)) {
            throw new IllegalArgumentException("no such tariff");
        }
    }

    /// By the names under which usage may be reported, what for.
    private static Map<String, Set<Service>> billed(List<SpeechProvider> providers) {
        Map<String, Set<Service>> billed = new LinkedHashMap<>();
        for (SpeechProvider provider : providers) {
            Set<Service> services = EnumSet.noneOf(Service.class);
            for (Capability capability : provider.offers()) {
                switch (capability) {
                    case TRANSCRIBER -> services.add(Service.LISTENED);
                    case TRANSLATOR -> services.add(Service.TRANSLATED);
                    case SYNTHESIZER -> services.add(Service.SPOKEN);
                    case DIRECT ->
                            services.addAll(
                                    Set.of(Service.LISTENED, Service.TRANSLATED, Service.SPOKEN));
                }
            }
            billed.put(provider.name(), services);
            provider.plans().forEach(plan -> billed.put(provider.name() + "-" + plan, services));
        }
        return billed;
    }

    private static Setting<Map<Service, BigDecimal>> tariff(
            Section section, Map<String, Set<Service>> billed) {
        Map<Service, Setting<Optional<BigDecimal>>> prices = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            prices.put(
                    service,
                    section.check(
                            key(service),
                            section.valueOrNone(key(service), EXPECTED_AMOUNT, PriceTable::amount),
                            "none, since this engine does nothing of the kind",
                            price ->
                                    price.isEmpty()
                                            || billed.getOrDefault(
                                                            section.key(),
                                                            EnumSet.allOf(Service.class))
                                                    .contains(service)));
        }
        return section.make(
                () -> {
                    Map<Service, BigDecimal> known = new EnumMap<>(Service.class);
                    prices.forEach(
                            (service, price) ->
                                    price.get().ifPresent(amount -> known.put(service, amount)));
                    return known;
                });
    }

    /// The key under which the price of `service` stands.
    private static String key(Service service) {
        return switch (service) {
            case LISTENED -> "hour-listened";
            case TRANSLATED -> "million-characters-translated";
            case SPOKEN -> "million-characters-spoken";
            case READ -> "million-tokens-read";
            case WRITTEN -> "million-tokens-written";
        };
    }

    /// An amount of money, without sign or exponent.
    static BigDecimal amount(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?")) {
            throw new IllegalArgumentException();
        }
        return new BigDecimal(text);
    }
}
