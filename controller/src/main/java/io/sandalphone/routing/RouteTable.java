package io.sandalphone.routing;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.E164;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which [Route] a call takes, by the number that was called.
///
/// Carriers write one number in several ways; `+15551230001`, `15551230001` and `5551230001` find the
/// same route. Ten digits without a plus sign are a North American number. The key [#ANY] catches
/// every number that has no route of its own.
public final class RouteTable {
    /// The key of the route for every other number.
    public static final String ANY = "*";

    private final Map<String, Route> byDigits = new LinkedHashMap<>();
    private final Map<String, Route> byNumber;

    /// @throws IllegalArgumentException when a key is no number, two keys are the same number, or a
    ///     route leads to a number that has a route itself, and so comes back
    public RouteTable(Map<String, Route> byNumber) {
        this.byNumber = Collections.unmodifiableMap(new LinkedHashMap<>(byNumber));
        byNumber.forEach(
                (number, route) -> {
                    if (byDigits.putIfAbsent(key(number), route) != null) {
                        throw new IllegalArgumentException(
                                "two routes for the same number, written differently: " + number);
                    }
                });
        byNumber.forEach(
                (number, route) -> {
                    if (route.service()
                            .rungNumber()
                            .filter(rung -> isOurs(rung, byDigits.keySet()))
                            .isPresent()) {
                        throw new IllegalArgumentException(
                                "the route of " + number + " leads to a number with a route");
                    }
                });
    }

    static boolean isOurs(E164 destination, Set<String> digits) {
        return digits.contains(digits(destination.number()));
    }

    /// Reads the section `routes`, each laid over `defaults`, by `rules`. No route may lead to a number with a route.
    public static Setting<RouteTable> read(Section section, Section defaults, RouteRules rules) {
        Map<String, Section> sections = section.sections(defaults.raw());
        Set<String> ours = new HashSet<>();
        sections.keySet().forEach(number -> ours.add(digits(number)));
        var reader = new RouteReader(rules, defaults.raw().path("via").asText(), ours);
        List<Setting<Map.Entry<String, Route>>> routes =
                sections.values().stream().map(reader::read).toList();
        return section.make(
                () -> {
                    Map<String, Route> byNumber = new LinkedHashMap<>();
                    routes.forEach(
                            route -> byNumber.put(route.get().getKey(), route.get().getValue()));
                    return new RouteTable(byNumber);
                });
    }

    /// These routes, and those of numbers that have none here.
    ///
    /// @throws IllegalArgumentException as of a new table
    RouteTable with(Map<String, Route> more) {
        Map<String, Route> all = new LinkedHashMap<>(byNumber);
        more.forEach(
                (number, route) -> {
                    if (all.putIfAbsent(number, route) != null) {
                        throw new IllegalArgumentException("two routes for " + number);
                    }
                });
        return new RouteTable(all);
    }

    /// Whether a number, as [#digits], has a route of its own here.
    boolean has(String digits) {
        return byDigits.containsKey(digits);
    }

    /// Whether one of the routes rings this number, as [#digits].
    boolean rings(String digits) {
        return byDigits.values().stream()
                .anyMatch(
                        route ->
                                route.service()
                                        .rungNumber()
                                        .filter(rung -> digits(rung.number()).equals(digits))
                                        .isPresent());
    }

    /// Reads over which of `carriers` a destination is rung; `none`: over the one at which the call
    /// arrives.
    public static Setting<Optional<String>> readVia(
            Section section, Supplier<Set<String>> carriers) {
        return RouteReader.readVia(section, carriers);
    }

    /// The form under which a number is looked up.
    ///
    /// @throws IllegalArgumentException when it is neither a number nor [#ANY]
    static String key(String number) {
        if (number.equals(ANY)) {
            return ANY;
        }
        if (!number.matches("\\+?[0-9]{2,15}")) {
            throw new IllegalArgumentException("expected " + RouteReader.EXPECTED_KEY);
        }
        return digits(number);
    }

    /// The digits of a number, with those of its country, however a carrier writes it.
    public static String digits(String number) {
        if (number.startsWith("+")) {
            return number.substring(1);
        }
        return number.length() == 10 ? "1" + number : number;
    }

    /// The route of the number that was called, as the carrier wrote it.
    public Optional<Route> find(String called) {
        return findOwn(called)
                .or(() -> Optional.ofNullable(byDigits.get(ANY)))
                .map(route -> route.at(digits(called)));
    }

    /// The same, without the route for every other number.
    public Optional<Route> findOwn(String called) {
        return Optional.ofNullable(byDigits.get(digits(called)))
                .map(route -> route.at(digits(called)));
    }

    /// What calls to our numbers are for, a number each.
    public Stream<CallService> services() {
        return byDigits.values().stream().map(Route::service);
    }

    /// The numbers that have a route, as they were written, and [#ANY].
    public List<String> keys() {
        return List.copyOf(byNumber.keySet());
    }

    /// Each route by its number as it was written, or [#ANY].
    public Map<String, Route> byNumber() {
        return byNumber;
    }

    /// What callers may hear outside hours.
    public Set<ClosedSentence> closedSentences() {
        return byDigits.values().stream()
                .filter(route -> route.number().hours().isPresent())
                .map(Route::closedSentence)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The languages of those who are interpreted.
    public Set<Language> languages() {
        Set<Language> languages = new LinkedHashSet<>();
        for (Route route : byDigits.values()) {
            if (route.service().rung().isPresent() && route.terms().interpret()) {
                languages.add(route.terms().callerLanguage());
                languages.add(route.terms().destinationLanguage());
            }
        }
        return languages;
    }

    /// How many routes there are.
    public int size() {
        return byDigits.size();
    }
}
