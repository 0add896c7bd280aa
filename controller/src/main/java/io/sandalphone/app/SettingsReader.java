package io.sandalphone.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.call.CallTerms;
import io.sandalphone.call.Limits;
import io.sandalphone.call.Route;
import io.sandalphone.call.RouteTable;
import io.sandalphone.config.ConfigTree;
import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Secret;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.cost.CostSettings;
import io.sandalphone.cost.PriceTable;
import io.sandalphone.cost.Service;
import io.sandalphone.ops.HttpSettings;
import io.sandalphone.speech.Capability;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechProvider;
import io.sandalphone.speech.resilience.ResilienceSettings;
import io.sandalphone.speech.text.Glossary;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.asterisk.AsteriskSettings;
import io.sandalphone.telephony.asterisk.ari.AriSettings;
import io.sandalphone.translate.LaneSettings;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Builds [Settings] from the operator's file, laid over the defaults that the jar brings.
final class SettingsReader {
    private static final String LANGUAGE = "a language tag (BCP 47) such as en or es-MX";
    private static final String NONE = "none";
    private static final String AMOUNT = "an amount such as 5.00";

    private final Map<String, String> environment;
    private final List<SpeechProvider> providers;

    /// `environment` is for what stands as `${NAME}` in a file, `providers` are those that can be
    /// asked for.
    SettingsReader(Map<String, String> environment, List<SpeechProvider> providers) {
        this.environment = Map.copyOf(environment);
        this.providers = List.copyOf(providers);
    }

    /// What a file came to: the settings, and for people every key there is with the value it has,
    /// secrets masked.
    record Effective(Settings settings, ObjectNode tree) {}

    Effective read(Path file) throws ConfigurationException {
        return read(ConfigTree.file(file));
    }

    Effective read(ObjectNode file) throws ConfigurationException {
        ObjectNode defaults = ConfigTree.defaults();
        Section root = Section.root(ConfigTree.merge(defaults, file), environment);
        Settings settings = root.finish(settings(root));
        return new Effective(settings, root.effective());
    }

    private Setting<Settings> settings(Section root) {
        Setting<AsteriskSettings> asterisk = asterisk(root.section("asterisk"));
        Setting<HttpSettings> http = HttpSettings.read(root.section("http"));
        Section routeDefaults = root.section("route-defaults");
        Setting<CallTerms> terms = terms(routeDefaults);
        Setting<Limits> limits = limits(root.section("limits"));
        Setting<RouteTable> routes = routes(root.section("routes"), routeDefaults.raw(), limits);
        Setting<SpeechSettings> speech = speech(root.section("speech"), root.section("engines"));
        Setting<Glossary> glossary = Glossary.read(root.section("glossary"));
        Setting<LaneSettings> interpretation = interpretation(root.section("interpretation"));
        Setting<CostSettings> costs = costs(root.section("costs"));
        Setting<Boolean> live = root.section("captions").flag("live");
        Setting<Duration> drain =
                root.section("shutdown")
                        .duration("drain-timeout", Duration.ZERO, Duration.ofHours(4));
        Setting<LogSettings> log = log(root.section("log"));
        return root.make(
                () ->
                        new Settings(
                                asterisk.get(),
                                http.get(),
                                routes.get(),
                                terms.get(),
                                limits.get(),
                                speech.get(),
                                glossary.get(),
                                interpretation.get(),
                                costs.get(),
                                live.get(),
                                drain.get(),
                                log.get()));
    }

    private static Setting<AsteriskSettings> asterisk(Section section) {
        Setting<AriSettings> ari = ari(section.section("ari"));
        Setting<AsteriskSettings.Trunk> trunk = trunk(section.section("trunk"));
        Setting<InetAddress> media = address(section.section("media"), "address");
        return section.make(
                () -> new AsteriskSettings(ari.get(), trunk.get(), media.get().getHostAddress()));
    }

    private static Setting<AriSettings> ari(Section section) {
        Setting<URI> url = section.uri("url", "https", "http");
        Setting<String> user = section.text("user");
        Setting<Secret> password = section.secret("password");
        Setting<String> application =
                section.check(
                        "application",
                        section.text("application"),
                        "a name of letters, digits, _ and -",
                        AriSettings::isApplicationName);
        Setting<Duration> timeout =
                section.duration("request-timeout", Duration.ofMillis(100), Duration.ofMinutes(1));
        return section.make(
                () ->
                        AriSettings.of(url.get(), user.get(), password.get(), application.get())
                                .withRequestTimeout(timeout.get()));
    }

    private static Setting<AsteriskSettings.Trunk> trunk(Section section) {
        Setting<String> endpoint =
                section.check(
                        "endpoint",
                        section.text("endpoint"),
                        "a place for the number in it, {number} or {digits}",
                        AsteriskSettings.Trunk::takesNumber);
        Setting<String> callerId =
                section.value(
                        "caller-id",
                        E164.EXPECTED + ", or none",
                        text -> text.equals("none") ? "" : new E164(text).number());
        return section.make(() -> new AsteriskSettings.Trunk(endpoint.get(), callerId.get()));
    }

    private static Setting<InetAddress> address(Section section, String key) {
        return section.value(key, "an IP address such as 127.0.0.1 or ::1", InetAddress::ofLiteral);
    }

    private static Setting<RouteTable> routes(
            Section section, ObjectNode defaults, Setting<Limits> limits) {
        List<Setting<Map.Entry<String, Route>>> routes =
                section.sections(defaults).values().stream()
                        .map(route -> route(route, limits))
                        .toList();
        return section.make(
                () -> {
                    Map<String, Route> byNumber = new LinkedHashMap<>();
                    routes.forEach(
                            route -> byNumber.put(route.get().getKey(), route.get().getValue()));
                    return new RouteTable(byNumber);
                });
    }

    private static Setting<Map.Entry<String, Route>> route(
            Section section, Setting<Limits> limits) {
        Setting<String> number = section.name(RouteTable.EXPECTED_KEY, RouteTable::key);
        Setting<E164> destination =
                section.check(
                        "destination",
                        section.value("destination", E164.EXPECTED, E164::new),
                        "a number that limits.destinations lists",
                        dialled -> limits.get().allows(dialled));
        Setting<CallTerms> terms = terms(section);
        return section.make(
                () -> Map.entry(number.get(), new Route(destination.get(), terms.get())));
    }

    private static Setting<CallTerms> terms(Section section) {
        Setting<Language> caller = section.value("caller-language", LANGUAGE, Language::new);
        Setting<Language> destination =
                section.value("destination-language", LANGUAGE, Language::new);
        Setting<Boolean> interpret = section.flag("interpret");
        Setting<Boolean> relay = section.flag("relay");
        Setting<Duration> ringTimeout =
                section.duration("ring-timeout", Duration.ofSeconds(1), Duration.ofMinutes(5));
        Setting<Duration> maxDuration =
                section.duration("max-duration", Duration.ofSeconds(1), Duration.ofHours(24));
        return section.make(
                () ->
                        new CallTerms(
                                caller.get(),
                                destination.get(),
                                interpret.get(),
                                relay.get(),
                                ringTimeout.get(),
                                maxDuration.get()));
    }

    private static Setting<Limits> limits(Section section) {
        Setting<Integer> maxConcurrentCalls = section.integer("max-concurrent-calls", 1, 10_000);
        Setting<List<String>> destinations =
                section.list("destinations", Limits.EXPECTED_DESTINATION, Limits::destination);
        return section.make(() -> new Limits(maxConcurrentCalls.get(), destinations.get()));
    }

    private static Setting<LaneSettings> interpretation(Section section) {
        Setting<Duration> firstAudio =
                section.duration(
                        "first-audio-timeout", Duration.ofMillis(200), Duration.ofMinutes(1));
        Setting<Duration> stall =
                section.duration("stall-timeout", Duration.ofMillis(200), Duration.ofMinutes(1));
        Setting<Integer> maxQueued = section.integer("max-queued", 1, 100);
        return section.make(() -> new LaneSettings(firstAudio.get(), stall.get(), maxQueued.get()));
    }

    private Setting<SpeechSettings> speech(Section section, Section engines) {
        Map<Capability, Setting<List<String>>> order = new EnumMap<>(Capability.class);
        for (Capability capability : Capability.values()) {
            order.put(capability, order(section, capability));
        }
        Set<String> named = named(section);
        Map<String, Setting<SpeechProvider.Maker>> makers = new LinkedHashMap<>();
        for (SpeechProvider provider : providers) {
            if (named.contains(provider.name())) {
                makers.put(
                        provider.name(), provider.read(engines.optionalSection(provider.name())));
            } else {
                engines.ignore(provider.name());
            }
        }
        Setting<ResilienceSettings> resilience =
                ResilienceSettings.read(section.section("resilience"));
        return section.make(
                () -> new SpeechSettings(values(order), values(makers), resilience.get()));
    }

    /// The engines for one purpose, the preferred one first.
    private Setting<List<String>> order(Section section, Capability capability) {
        String key = SpeechSettings.key(capability);
        List<String> able =
                providers.stream()
                        .filter(provider -> provider.offers().contains(capability))
                        .map(SpeechProvider::name)
                        .toList();
        Setting<List<String>> order =
                section.list(
                        key,
                        "one of " + String.join(", ", able),
                        name -> {
                            if (!able.contains(name)) {
                                throw new IllegalArgumentException();
                            }
                            return name;
                        });
        return section.check(
                key,
                order,
                "engines in the order in which they are tried, each once",
                names -> SpeechSettings.isOrder(capability, names));
    }

    /// What the lists name, as far as they can be read.
    private static Set<String> named(Section section) {
        Set<String> named = new HashSet<>();
        for (Capability capability : Capability.values()) {
            section.raw()
                    .path(SpeechSettings.key(capability))
                    .forEach(name -> named.add(name.asText()));
        }
        return named;
    }

    private static <K, V> Map<K, V> values(Map<K, Setting<V>> settings) {
        Map<K, V> values = new LinkedHashMap<>();
        settings.forEach((key, setting) -> values.put(key, setting.get()));
        return values;
    }

    private static Setting<CostSettings> costs(Section section) {
        Setting<Currency> currency =
                section.value(
                        "currency", "a currency (ISO 4217) such as USD", Currency::getInstance);
        Setting<Optional<BigDecimal>> perCall = cap(section, "per-call");
        Setting<Optional<BigDecimal>> perDay = cap(section, "per-day");
        Setting<ZoneId> zone =
                section.value(
                        "time-zone",
                        "a time zone such as UTC or America/Mexico_City",
                        SettingsReader::zone);
        Setting<Optional<Path>> ledger =
                section.check(
                        "ledger",
                        orNone(section, "ledger", "the whole path of a file", Path::of),
                        "the whole path of a file, or none",
                        file -> file.map(Path::isAbsolute).orElse(true));
        Setting<PriceTable> prices = prices(section.section("prices"));
        return section.make(
                () ->
                        new CostSettings(
                                currency.get(),
                                perCall.get(),
                                perDay.get(),
                                zone.get(),
                                ledger.get(),
                                prices.get()));
    }

    private static ZoneId zone(String id) {
        try {
            return ZoneId.of(id);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Setting<Optional<BigDecimal>> cap(Section section, String key) {
        return section.check(
                key,
                orNone(section, key, AMOUNT, SettingsReader::amount),
                "an amount above 0, or none",
                cap -> cap.map(amount -> amount.signum() > 0).orElse(true));
    }

    private static Setting<PriceTable> prices(Section section) {
        var unknown = JsonNodeFactory.instance.objectNode();
        for (Service service : Service.values()) {
            unknown.put(price(service), NONE);
        }
        Map<Setting<String>, Setting<Map<Service, BigDecimal>>> tariffs = new LinkedHashMap<>();
        section.sections(unknown)
                .values()
                .forEach(
                        own ->
                                tariffs.put(
                                        own.name(PriceTable.EXPECTED_TARIFF, PriceTable::tariff),
                                        tariff(own)));
        return section.make(
                () -> {
                    Map<String, Map<Service, BigDecimal>> table = new LinkedHashMap<>();
                    tariffs.forEach((name, prices) -> table.put(name.get(), prices.get()));
                    return new PriceTable(table);
                });
    }

    private static Setting<Map<Service, BigDecimal>> tariff(Section section) {
        Map<Service, Setting<Optional<BigDecimal>>> prices = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            prices.put(service, orNone(section, price(service), AMOUNT, SettingsReader::amount));
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
    private static String price(Service service) {
        return switch (service) {
            case LISTENED -> "hour-listened";
            case TRANSLATED -> "million-characters-translated";
            case SPOKEN -> "million-characters-spoken";
        };
    }

    private static BigDecimal amount(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,6})?")) {
            throw new IllegalArgumentException();
        }
        return new BigDecimal(text);
    }

    /// What `parse` makes of the text, unless that is `none`.
    private static <T> Setting<Optional<T>> orNone(
            Section section, String key, String expected, Function<String, T> parse) {
        return section.value(
                key,
                expected + ", or " + NONE,
                text -> text.equals(NONE) ? Optional.empty() : Optional.of(parse.apply(text)));
    }

    private static Setting<LogSettings> log(Section section) {
        Setting<LogSettings.Format> format = section.choice("format", LogSettings.Format.class);
        Setting<LogSettings.Level> level = section.choice("level", LogSettings.Level.class);
        return section.make(() -> new LogSettings(format.get(), level.get()));
    }
}
