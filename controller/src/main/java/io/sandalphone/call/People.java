package io.sandalphone.call;

import io.sandalphone.agent.TransferChoice;
import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.routing.DialRules;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.Language;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// To whom one agent may put its callers through: nobody else is ever rung for it, whatever a caller or a model says.
///
/// @param people the usual one first
/// @param whenFailing the name of the one who gets the caller when the agent cannot go on; empty: nobody
public record People(List<Person> people, Optional<String> whenFailing) {
    /// Nobody.
    public static final People NONE = new People(List.of(), Optional.empty());

    public People {
        people = List.copyOf(people);
    }

    /// Reads the section `transfer` of an agent, or of `agent-defaults`.
    public static Setting<People> read(Section section, DialRules rules) {
        Section defaults = section.section("to-defaults");
        // What people are laid over is judged where there are none, too.
        var _ = RouteTable.readVia(defaults, rules.carriers());
        var _ = Person.readLanguage(defaults);
        String usualVia = defaults.raw().path("via").asText();
        Map<String, Section> sections = section.section("to").sections(defaults.raw());
        List<Setting<Person>> people =
                sections.values().stream()
                        .map(person -> Person.read(person, usualVia, rules))
                        .toList();
        Set<String> names = sections.keySet();
        Setting<Optional<String>> whenFailing =
                section.check(
                        "when-failing",
                        section.valueOrNone(
                                "when-failing", "the name of one of those under to", name -> name),
                        "the name of one of those under to, or none",
                        found -> found.map(names::contains).orElse(true));
        return section.make(
                () -> {
                    List<Person> read = new ArrayList<>();
                    people.forEach(person -> read.add(person.get()));
                    return new People(read, whenFailing.get());
                });
    }

    /// What the agent may know of them.
    public TransferChoice choice() {
        return new TransferChoice(people.stream().map(Person::name).toList(), whenFailing);
    }

    /// The one of this name; the usual one where nobody has it. There must be somebody.
    Person find(Optional<String> name) {
        return name.flatMap(
                        wanted ->
                                people.stream()
                                        .filter(person -> person.name().equals(wanted))
                                        .findFirst())
                .orElseGet(people::getFirst);
    }

    /// Whether clients that stand by are rung.
    boolean ringsBrowsers() {
        return people.stream().anyMatch(person -> person.reached().ringsBrowsers());
    }

    /// The numbers of those who have a telephone, as [RouteTable#digits].
    public Set<String> numbers() {
        return people.stream()
                .flatMap(person -> person.reached().rungNumber().stream())
                .map(number -> RouteTable.digits(number.number()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// The languages of those who do not speak that of the agent.
    public Set<Language> others(Language agents) {
        return people.stream()
                .flatMap(person -> person.language().stream())
                .filter(language -> !language.sameAs(agents))
                .collect(Collectors.toUnmodifiableSet());
    }
}
