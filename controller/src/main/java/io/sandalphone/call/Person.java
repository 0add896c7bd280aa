package io.sandalphone.call;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.DialRules;
import io.sandalphone.speech.Language;
import io.sandalphone.telephony.Browser;
import io.sandalphone.telephony.Destination;

import java.util.Optional;

/// Somebody to whom an agent may put its callers through.
///
/// @param name as the agent knows them
/// @param reached where they are rung, and over which carrier
/// @param language what they speak; empty: what the agent does
public record Person(String name, CallService.Interpreting reached, Optional<Language> language) {
    private static final String EXPECTED_NAME = "a name of small letters, digits and dashes";

    /// Reads the section of one of them.
    static Setting<Person> read(Section section, String usualVia, DialRules rules) {
        Setting<String> name =
                section.name(
                        EXPECTED_NAME,
                        key -> {
                            if (!key.matches("[a-z0-9][a-z0-9-]*")) {
                                throw new IllegalArgumentException();
                            }
                        });
        Setting<CallService.Interpreting> reached = rules.read(section, usualVia);
        Setting<Optional<Language>> language = readLanguage(section);
        return section.make(() -> new Person(name.get(), reached.get(), language.get()));
    }

    static Setting<Optional<Language>> readLanguage(Section section) {
        return section.valueOrNone("language", Language.EXPECTED, Language::new);
    }

    /// Who is rung for a caller of the number `called`: digits, as routes have them.
    Destination destination(String called) {
        return switch (reached.destination()) {
            case Browser _ -> new Browser(called);
            case Destination telephone -> telephone;
        };
    }
}
