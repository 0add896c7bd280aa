package io.sandalphone.call;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.Destination;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.NumberPlan;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

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

    private static final String EXPECTED_CARRIER =
            "a carrier that has a section here: voipms (asterisk), twilio, telnyx, or client for"
                    + " browsers";

    /// The destination that means clients which stand by.
    private static final String BROWSER = "browser";

    private static final String EXPECTED_DESTINATION =
            E164.EXPECTED + ", or " + BROWSER + ", with a section clients beside it";

    private static final String EXPECTED_BROWSERS_VIA =
            "client, for destination: browser, and for no other; or none";

    private static final String EXPECTED_AGENT = "the name of an agent that stands under agents";

    private static final Optional<String> BROWSERS = Optional.of(Browser.CARRIER);

    private static final String NOT_OURS =
            "a number that is none of our own: a call to it would come back";

    private final Map<String, Route> byDigits = new LinkedHashMap<>();
    private final List<String> keys;

    /// @throws IllegalArgumentException when a key is no number, two keys are the same number, or a
    ///     route leads to a number that has a route itself, and so comes back
    public RouteTable(Map<String, Route> byNumber) {
        keys = List.copyOf(byNumber.keySet());
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

    private static boolean isOurs(E164 destination, Set<String> digits) {
        return digits.contains(digits(destination.number()));
    }

    /// Reads the section `routes`, each laid over `defaults`. A destination must be one that `limits`
    /// lists, and no number of ours: neither one with a route nor `callerId`, which is empty when
    /// there is none. `carriers` and `agents` are
    /// the names of those there are.
    public static Setting<RouteTable> read(
            Section section,
            Section defaults,
            Setting<Limits> limits,
            Supplier<String> callerId,
            Supplier<Set<String>> carriers,
            Supplier<Set<String>> agents) {
        Map<String, Section> sections = section.sections(defaults.raw());
        Set<String> ours = new HashSet<>();
        sections.keySet().forEach(number -> ours.add(digits(number)));
        List<Setting<Map.Entry<String, Route>>> routes =
                sections.values().stream()
                        .map(
                                route ->
                                        route(
                                                route,
                                                defaults.raw().path("via").asText(),
                                                ours,
                                                limits,
                                                callerId,
                                                carriers,
                                                agents))
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
            Section section,
            String usualVia,
            Set<String> ours,
            Setting<Limits> limits,
            Supplier<String> callerId,
            Supplier<Set<String>> carriers,
            Supplier<Set<String>> agents) {
        Setting<String> number = section.name(EXPECTED_KEY, RouteTable::key);
        Setting<CallService.Kind> kind = section.choice("service", CallService.Kind.class);
        Setting<CallService> service =
                section.raw().has("agent")
                        ? attending(section, carriers, agents)
                        : isEcho(section)
                                ? echo(section, carriers)
                                : interpreting(section, usualVia, ours, limits, callerId, carriers);
        Setting<CallTerms> terms = CallTerms.read(section);
        return section.make(
                () -> {
                    var _ = kind.get();
                    return Map.entry(
                            harmless(number.get(), limits.get()),
                            new Route(service.get(), terms.get()));
                });
    }

    /// An emergency number would be answered by somebody else than the caller needs.
    private static String harmless(String key, Limits limits) {
        if (NumberPlan.isEmergency(key, limits.destinations().countries())) {
            throw new IllegalArgumentException(
                    "the route of an emergency number, whose caller is told to call elsewhere");
        }
        return key;
    }

    private static boolean isEcho(Section section) {
        return section.raw().path("service").asText().equals("echo");
    }

    /// Nobody is rung here either.
    private static Setting<CallService> attending(
            Section section, Supplier<Set<String>> carriers, Supplier<Set<String>> agents) {
        var _ = readVia(section, carriers);
        Setting<String> agent =
                section.check(
                        "agent",
                        section.value("agent", EXPECTED_AGENT, Function.identity()),
                        EXPECTED_AGENT,
                        name -> agents.get().contains(name));
        return section.make(() -> new CallService.Attending(agent.get()));
    }

    /// Nobody is rung: what says who would be is a mistake.
    private static Setting<CallService> echo(Section section, Supplier<Set<String>> carriers) {
        var _ = readVia(section, carriers);
        return section.make(CallService.Echo::new);
    }

    /// A browser is rung over no carrier but its own, so the `via` of `route-defaults` is not meant then.
    private static Setting<CallService> interpreting(
            Section section,
            String usualVia,
            Set<String> ours,
            Setting<Limits> limits,
            Supplier<String> callerId,
            Supplier<Set<String>> carriers) {
        Setting<Destination> rung =
                section.check(
                        "destination",
                        section.value("destination", EXPECTED_DESTINATION, RouteTable::destination),
                        EXPECTED_DESTINATION,
                        found -> found instanceof E164 || carriers.get().contains(Browser.CARRIER));
        Setting<Destination> dialled =
                section.check(
                        "destination",
                        rung,
                        NOT_OURS,
                        found -> !(found instanceof E164 number && isOurs(number, ours)));
        Setting<Destination> harmless =
                section.check(
                        "destination",
                        dialled,
                        Destinations.NO_EMERGENCY,
                        found -> !(found instanceof E164 number && NumberPlan.isEmergency(number)));
        Setting<Destination> allowed =
                section.check(
                        "destination",
                        harmless,
                        Destinations.EXPECTED_NUMBER,
                        found -> !(found instanceof E164 number && !limits.get().allows(number)));
        Setting<Destination> destination =
                section.check(
                        "destination",
                        allowed,
                        NOT_OURS,
                        found ->
                                !(found instanceof E164 number
                                        && number.number().equals(callerId.get())));
        Setting<Optional<String>> via =
                section.check(
                        "via",
                        readVia(section, carriers),
                        EXPECTED_BROWSERS_VIA,
                        found ->
                                switch (destination.get()) {
                                    case E164 _ -> !found.equals(BROWSERS);
                                    case Browser _ ->
                                            found.isEmpty()
                                                    || found.equals(BROWSERS)
                                                    || found.get().equals(usualVia);
                                });
        return section.make(
                () ->
                        new CallService.Interpreting(
                                destination.get(),
                                destination.get() instanceof Browser ? BROWSERS : via.get()));
    }

    private static Destination destination(String text) {
        return text.equals(BROWSER) ? new Browser(ANY) : new E164(text);
    }

    /// Reads over which of `carriers` a destination is rung; `none`: over the one at which the call
    /// arrives.
    public static Setting<Optional<String>> readVia(
            Section section, Supplier<Set<String>> carriers) {
        return section.check(
                "via",
                section.valueOrNone("via", EXPECTED_CARRIER, Function.identity()),
                EXPECTED_CARRIER + ", or none",
                found -> found.map(carriers.get()::contains).orElse(true));
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
                .map(route -> new Route(route.service().at(digits(called)), route.terms()));
    }

    /// The same, without the route for every other number.
    Optional<Route> findOwn(String called) {
        return Optional.ofNullable(byDigits.get(digits(called)))
                .map(route -> new Route(route.service().at(digits(called)), route.terms()));
    }

    /// Whether any route rings browsers.
    boolean ringsBrowsers() {
        return byDigits.values().stream().anyMatch(route -> route.service().ringsBrowsers());
    }

    /// The numbers that have a route, as they were written, and [#ANY].
    public List<String> keys() {
        return keys;
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
