package io.sandalphone.app;

import io.sandalphone.call.People;
import io.sandalphone.call.Person;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechEngines;

import java.util.List;

/// Holds those to whom an agent puts its callers through to what the engines can do.
final class TransferLanguages {
    private TransferLanguages() {}

    /// Those of `people` between whose language and `agents`, which its callers speak, `engines` do not interpret both ways.
    static List<Person> strangers(Language agents, People people, SpeechEngines engines) {
        return people.people().stream()
                .filter(
                        person ->
                                person.language()
                                        .filter(language -> !language.sameAs(agents))
                                        .filter(
                                                language ->
                                                        !engines.interpret(agents, language)
                                                                || !engines.interpret(
                                                                        language, agents))
                                        .isPresent())
                .toList();
    }
}
