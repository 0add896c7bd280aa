package io.sandalphone.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.agent.AgentSettings;
import io.sandalphone.config.Closest;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Language;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads what the numbers file says of one called number: all that a route says, and more. One thread reads.
final class NumberReader {
    /// What is an agent's to say.
    private static final List<String> OF_AGENTS =
            List.of("greeting", "system-prompt", "llm-model", "tts-voice");

    /// What a number may say beside what a route says.
    private static final List<String> OWN =
            List.of("agent", "destination", "language", "hours", "user-id", "display-name");

    // Nobody listens to more.
    private static final int LONGEST_SENTENCE = 300;

    private final RouteReader routes;
    private final NumbersFile.Rules rules;

    NumberReader(RouteReader routes, NumbersFile.Rules rules) {
        this.routes = routes;
        this.rules = rules;
    }

    /// Asks for the key that was perhaps meant by `key`, which is none of those that mean something here.
    static Optional<String> meantBy(String key, ObjectNode defaults) {
        Set<String> known = new LinkedHashSet<>(OWN);
        known.addAll(OF_AGENTS);
        defaults.fieldNames().forEachRemaining(known::add);
        return known.contains(key) ? Optional.empty() : Closest.asked(key, known);
    }

    /// What a section says of hours.
    private record Opening(Optional<Hours> hours, Optional<String> closed) {}

    /// The number, and its route. `own` is the section as it stands in the file, without the defaults of routes.
    Setting<Map.Entry<String, Route>> read(Section section, ObjectNode own) {
        Setting<Map.Entry<String, Route>> route = routes.read(section);
        boolean attended = own.has("agent");
        if (attended && own.has("destination")) {
            refuse(section, "destination", "agent or destination, not both");
        }
        Setting<Optional<AgentSettings>> agent =
                attended ? agent(section, route) : notAttended(section, own);
        Setting<Optional<Language>> language =
                attended || !own.has("language")
                        ? section.make(Optional::empty)
                        : callers(section, own);
        Setting<Opening> opening = opening(section, own);
        Setting<Map<String, String>> extra = extra(section, own);
        return section.make(
                () -> {
                    Route read = route.get().getValue();
                    CallTerms terms =
                            language.get().map(read.terms()::spokenIn).orElse(read.terms());
                    return Map.entry(
                            route.get().getKey(),
                            new Route(
                                    read.service(),
                                    terms,
                                    new NumberSettings(
                                            opening.get().hours(),
                                            opening.get().closed(),
                                            agent.get(),
                                            extra.get())));
                });
    }

    private static void refuse(Section section, String key, String expected) {
        var _ = section.check(key, section.prose(key), expected, _ -> false);
    }

    private Setting<Optional<AgentSettings>> agent(
            Section section, Setting<Map.Entry<String, Route>> route) {
        Setting<AgentSettings> agent =
                AgentSettings.over(
                        section, () -> agent(route.get().getValue().service().attendedBy()));
        return section.make(() -> Optional.of(agent.get()));
    }

    private AgentSettings agent(Optional<String> name) {
        return Objects.requireNonNull(rules.checks().agents().get().get(name.orElseThrow()));
    }

    private static Setting<Optional<AgentSettings>> notAttended(Section section, ObjectNode own) {
        OF_AGENTS.stream()
                .filter(own::has)
                .forEach(key -> refuse(section, key, "an agent beside it, whose part it is"));
        return section.make(Optional::empty);
    }

    /// Who calls a number with a destination speaks its language.
    private static Setting<Optional<Language>> callers(Section section, ObjectNode own) {
        Setting<Language> language =
                section.check(
                        "language",
                        section.value("language", Language.EXPECTED, Language::new),
                        "language or caller-language, which are the same, not both",
                        _ -> !own.has("caller-language"));
        return section.make(() -> Optional.of(language.get()));
    }

    private Setting<Opening> opening(Section section, ObjectNode own) {
        if (!own.has("hours") || own.path("hours").asText().equals("none")) {
            if (own.has("hours")) {
                var _ = section.text("hours");
            }
            return section.make(() -> new Opening(Optional.empty(), Optional.empty()));
        }
        if (!own.path("hours").isObject()) {
            return opening(section, spans(section, "hours", own), section.make(rules::zone));
        }
        Section hours = section.section("hours");
        ObjectNode said = hours.raw();
        Setting<Optional<String>> closed =
                said.has("closed")
                        ? hours.check(
                                "closed",
                                hours.valueOrNone("closed", "a sentence", Function.identity()),
                                "a sentence of at most " + LONGEST_SENTENCE + " characters",
                                text -> text.map(String::length).orElse(0) <= LONGEST_SENTENCE)
                        : hours.make(Optional::empty);
        Setting<ZoneId> zone =
                said.has("time-zone") ? hours.timeZone("time-zone") : hours.make(rules::zone);
        Setting<Opening> read = opening(hours, spans(hours, "open", said), zone);
        return hours.make(() -> new Opening(read.get().hours(), closed.get()));
    }

    private static Setting<Opening> opening(
            Section section, Setting<List<Hours.Span>> spans, Setting<ZoneId> zone) {
        return section.make(
                () ->
                        new Opening(
                                Optional.of(new Hours(zone.get(), spans.get())), Optional.empty()));
    }

    /// One line, or a list of them.
    private static Setting<List<Hours.Span>> spans(Section section, String key, ObjectNode own) {
        if (!own.path(key).isArray()) {
            return section.value(key, Hours.EXPECTED, Hours::parse);
        }
        Setting<List<List<Hours.Span>>> lines =
                section.check(
                        key,
                        section.list(key, Hours.EXPECTED, Hours::parse),
                        "at least one line: " + Hours.EXPECTED,
                        found -> !found.isEmpty());
        return section.make(() -> lines.get().stream().flatMap(List::stream).toList());
    }

    private static Setting<Map<String, String>> extra(Section section, ObjectNode own) {
        Setting<Optional<String>> user = optional(section, own, "user-id");
        Setting<Optional<String>> display = optional(section, own, "display-name");
        Setting<Map<String, String>> rest = section.rest();
        return section.make(
                () -> {
                    Map<String, String> extra = new HashMap<>();
                    rest.get().forEach((key, text) -> extra.put(key.replace('-', '_'), text));
                    user.get().ifPresent(id -> extra.put("user_id", id));
                    display.get().ifPresent(name -> extra.put("display_name", name));
                    return extra;
                });
    }

    private static Setting<Optional<String>> optional(Section section, ObjectNode own, String key) {
        if (!own.has(key)) {
            return section.make(Optional::empty);
        }
        Setting<String> text = section.text(key);
        return section.make(() -> Optional.of(text.get()));
    }
}
