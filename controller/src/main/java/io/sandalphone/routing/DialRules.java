package io.sandalphone.routing;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.Destination;
import io.sandalphone.telephony.E164;
import io.sandalphone.telephony.NumberPlan;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Whom settings may name to be rung, and over which carrier: those whom routes lead to, and those to whom agents put their callers
/// through.
///
/// @param ours the numbers that have a route, as [RouteTable#digits]: a call to one would come back
/// @param limits what may be dialled
/// @param callerId our own number as it is shown, empty when there is none: likewise
/// @param carriers the names of those there are
public record DialRules(
        Set<String> ours,
        Setting<Limits> limits,
        Supplier<String> callerId,
        Supplier<Set<String>> carriers) {
    /// The destination that means clients which stand by.
    private static final String BROWSER = "browser";

    private static final String EXPECTED_DESTINATION =
            E164.EXPECTED + ", or " + BROWSER + ", with a section clients beside it";

    private static final String EXPECTED_BROWSERS_VIA =
            "client, for destination: browser, and for no other; or none";

    private static final Optional<String> BROWSERS = Optional.of(Browser.CARRIER);

    private static final String NOT_OURS =
            "a number that is none of our own: a call to it would come back";

    /// Where `routes` is the section of those, each under its number.
    public static DialRules of(
            JsonNode routes,
            Setting<Limits> limits,
            Supplier<String> callerId,
            Supplier<Set<String>> carriers) {
        Set<String> ours = new HashSet<>();
        routes.fieldNames().forEachRemaining(number -> ours.add(RouteTable.digits(number)));
        return new DialRules(ours, limits, callerId, carriers);
    }

    /// Reads `destination` and `via`. A browser is rung over no carrier but its own, so the `via` that stands for all where nothing
    /// else does, `usualVia`, is not meant then.
    public Setting<CallService.Interpreting> read(Section section, String usualVia) {
        Setting<Destination> rung =
                section.check(
                        "destination",
                        section.value("destination", expected(section), DialRules::destination),
                        EXPECTED_DESTINATION,
                        found -> found instanceof E164 || carriers.get().contains(Browser.CARRIER));
        Setting<Destination> dialled =
                section.check(
                        "destination",
                        rung,
                        NOT_OURS,
                        found ->
                                !(found instanceof E164 number && RouteTable.isOurs(number, ours)));
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
                        RouteTable.readVia(section, carriers),
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

    /// An emergency number with a country's code before it is mostly no whole number, which is not what is wrong with it.
    private static String expected(Section section) {
        String written = section.raw().path("destination").asText();
        return NumberPlan.isEmergency(written, Set.of())
                ? Destinations.NO_EMERGENCY
                : EXPECTED_DESTINATION;
    }

    private static Destination destination(String text) {
        return text.equals(BROWSER) ? new Browser(RouteTable.ANY) : new E164(text);
    }
}
