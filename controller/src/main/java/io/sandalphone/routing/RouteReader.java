package io.sandalphone.routing;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.telephony.NumberPlan;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Reads what becomes of calls to one number: a section whose own name is the number. One thread reads.
final class RouteReader {
    /// What a key must look like, for messages to people.
    static final String EXPECTED_KEY =
            "the called number, in quotes, such as \"+15551230001\", or \"*\" for any other";

    private static final String EXPECTED_CARRIER =
            "a carrier that has a section here: voipms (asterisk), twilio, telnyx, or client for"
                    + " browsers";

    private static final String EXPECTED_AGENT = "the name of an agent that stands under agents";

    private final RouteRules rules;
    private final String usualVia;
    private final DialRules destinations;

    /// `usualVia` is what `via` is where a route does not say so itself. `ours` are the numbers that have routes, as
    /// [RouteTable#digits], to which no route may lead.
    RouteReader(RouteRules rules, String usualVia, Set<String> ours) {
        this.rules = rules;
        this.usualVia = usualVia;
        destinations = new DialRules(ours, rules.limits(), rules.callerId(), rules.carriers());
    }

    /// The number, and its route.
    Setting<Map.Entry<String, Route>> read(Section section) {
        Setting<String> number = section.name(EXPECTED_KEY, RouteTable::key);
        Setting<CallService.Kind> kind = section.choice("service", CallService.Kind.class);
        Setting<? extends CallService> service =
                section.raw().has("agent")
                        ? attending(section)
                        : isEcho(section) ? echo(section) : destinations.read(section, usualVia);
        Setting<CallTerms> terms = CallTerms.read(section);
        return section.make(
                () -> {
                    var _ = kind.get();
                    return Map.entry(
                            harmless(number.get(), rules.limits().get()),
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
    private Setting<CallService> attending(Section section) {
        var _ = readVia(section, rules.carriers());
        Setting<String> agent =
                section.check(
                        "agent",
                        section.value("agent", EXPECTED_AGENT, Function.identity()),
                        EXPECTED_AGENT,
                        name -> rules.agents().get().containsKey(name));
        return section.make(() -> new CallService.Attending(agent.get()));
    }

    /// Nobody is rung: what says who would be is a mistake.
    private Setting<CallService> echo(Section section) {
        var _ = readVia(section, rules.carriers());
        return section.make(CallService.Echo::new);
    }

    /// Reads over which of `carriers` a destination is rung; `none`: over the one at which the call
    /// arrives.
    static Setting<Optional<String>> readVia(Section section, Supplier<Set<String>> carriers) {
        return section.check(
                "via",
                section.valueOrNone("via", EXPECTED_CARRIER, Function.identity()),
                EXPECTED_CARRIER + ", or none",
                found -> found.map(carriers.get()::contains).orElse(true));
    }
}
