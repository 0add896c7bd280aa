package io.sandalphone.app;

import io.sandalphone.agent.Agent;
import io.sandalphone.agent.Agents;
import io.sandalphone.call.People;
import io.sandalphone.call.Person;
import io.sandalphone.config.Problem;
import io.sandalphone.routing.CallService;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.NumbersFile;
import io.sandalphone.routing.Route;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.speech.VoiceChoice;
import io.sandalphone.translate.AnnouncementSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether the engines that are configured serve the languages and voices of a number of the numbers file, and each of those is
/// told what is announced.
///
/// @param people by the names of agents, to whom each may put its callers through
record NumberLanguages(
        Agents agents,
        Map<String, People> people,
        SpeechEngines engines,
        AnnouncementSettings announcement)
        implements NumbersFile.Check {
    private static final String KEY = "language";
    private static final String VOICE = "tts-voice";

    NumberLanguages {
        people = Map.copyOf(people);
    }

    @Override
    public List<Problem> of(Route route) {
        return switch (route.service()) {
            case CallService.Attending(String name) -> attended(name, route);
            case CallService.Interpreting _ when route.terms().interpret() ->
                    interpreted(route.terms());
            case CallService.Interpreting _, CallService.Echo _, CallService.Closed _ -> List.of();
        };
    }

    private List<Problem> attended(String name, Route route) {
        Agent agent = agents.named(name, route.number().agent());
        Language language = agent.settings().language();
        List<String> lacking = agent.lacking();
        if (!lacking.isEmpty()) {
            return List.of(
                    problem(
                            language,
                            "a language that one of the engines "
                                    + String.join(" and one ", lacking)));
        }
        List<Problem> problems = new ArrayList<>();
        for (VoiceChoice.Mistake mistake : agent.voiceMistakes()) {
            problems.add(new Problem(mistake.under(VOICE), mistake.voice(), mistake.expected()));
        }
        if (route.terms().interpret()) {
            problems.addAll(putThrough(language, people.getOrDefault(name, People.NONE)));
        }
        return problems;
    }

    /// Callers who speak `language` may be put through to `reached`, who hear of it in their own.
    private List<Problem> putThrough(Language language, People reached) {
        List<Problem> problems = new ArrayList<>();
        for (Person person : TransferLanguages.strangers(language, reached, engines)) {
            problems.add(
                    problem(
                            language,
                            "one between which and that of %s (transfer) the engines interpret both ways"
                                    .formatted(person.name())));
        }
        Set<Language> others = reached.others(language);
        if (!others.isEmpty()) {
            announced(language).ifPresent(problems::add);
        }
        others.forEach(other -> announced(other).ifPresent(problems::add));
        return problems;
    }

    private List<Problem> interpreted(CallTerms terms) {
        List<Problem> problems = new ArrayList<>();
        Language caller = terms.callerLanguage();
        Language destination = terms.destinationLanguage();
        if (!RouteLanguages.areServed(terms, engines)) {
            problems.add(
                    problem(caller, "one that the engines interpret into or from " + destination));
        }
        announced(caller).ifPresent(problems::add);
        announced(destination).ifPresent(problems::add);
        return problems;
    }

    /// What is wrong where nobody can be told in `language`.
    private Optional<Problem> announced(Language language) {
        return announcement.spoken() && announcement.text(language).isEmpty()
                ? Optional.of(problem(language, "one that announcement.texts has"))
                : Optional.empty();
    }

    private static Problem problem(Language found, String expected) {
        return new Problem(KEY, found.tag(), expected);
    }
}
