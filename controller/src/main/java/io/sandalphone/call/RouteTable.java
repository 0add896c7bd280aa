package io.sandalphone.call;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.telephony.E164;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which [Route] a call takes, by the number that was called.
///
/// Carriers write one number in several ways; `+15551230001`, `15551230001` and `5551230001` find the
/// same route. Ten digits without a plus sign are a North American number. The key [#ANY] catches
/// every number that has no route of its own.
public final class RouteTable {
    /// The key of the route for every other number.
    public static final String ANY = "*";

    /// What a key must look like, for messages to people.
    private static final String EXPECTED_KEY =
            "the called number, in quotes, such as \"+15551230001\", or \"*\" for any other";

    private final Map<String, Route> byDigits = new LinkedHashMap<>();

    /// @throws IllegalArgumentException when a key is no number, or two keys are the same number
    public RouteTable(Map<String, Route> byNumber) {
        byNumber.forEach(
                (number, route) -> {
                    if (byDigits.putIfAbsent(key(number), route) != null) {
                        throw new IllegalArgumentException(
                                "two routes for the same number, written differently: " + number);
                    }
                });
    }

    /// Reads the section `routes`, each laid over `defaults`. A destination must be one that `limits`
    /// lists.
    public static Setting<RouteTable> read(
            Section section, Section defaults, Setting<Limits> limits) {
        List<Setting<Map.Entry<String, Route>>> routes =
                section.sections(defaults.raw()).values().stream()
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
        Setting<String> number = section.name(EXPECTED_KEY, RouteTable::key);
        Setting<E164> destination =
                section.check(
                        "destination",
                        section.value("destination", E164.EXPECTED, E164::new),
                        Destinations.EXPECTED_NUMBER,
                        dialled -> limits.get().allows(dialled));
        Setting<CallTerms> terms = CallTerms.read(section);
        return section.make(
                () -> Map.entry(number.get(), new Route(destination.get(), terms.get())));
    }

    /// The form under which a number is looked up.
    ///
    /// @throws IllegalArgumentException when it is neither a number nor [#ANY]
    private static String key(String number) {
        if (number.equals(ANY)) {
            return ANY;
        }
        if (!number.matches("\\+?[0-9]{2,15}")) {
            throw new IllegalArgumentException("expected " + EXPECTED_KEY);
        }
        return digits(number);
    }

    static String digits(String number) {
        if (number.startsWith("+")) {
            return number.substring(1);
        }
        return number.length() == 10 ? "1" + number : number;
    }

    /// The route of the number that was called, as the carrier wrote it.
    public Optional<Route> find(String called) {
        Route own = byDigits.get(digits(called));
        return Optional.ofNullable(own == null ? byDigits.get(ANY) : own);
    }

    /// How many routes there are.
    public int size() {
        return byDigits.size();
    }
}
