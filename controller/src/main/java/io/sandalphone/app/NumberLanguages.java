package io.sandalphone.app;

import io.sandalphone.agent.Agents;
import io.sandalphone.call.CallService;
import io.sandalphone.call.CallTerms;
import io.sandalphone.call.NumbersFile;
import io.sandalphone.call.Route;
import io.sandalphone.config.Problem;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.SpeechEngines;
import io.sandalphone.translate.AnnouncementSettings;

import java.util.ArrayList;
import java.util.List;

/// Whether the engines that are configured serve the languages of a number of the numbers file, and each of those is told what
/// is announced.
record NumberLanguages(Agents agents, SpeechEngines engines, AnnouncementSettings announcement)
        implements NumbersFile.Check {
    private static final String KEY = "language";

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
        var agent = agents.named(name, route.number().agent());
        List<String> lacking = agent.lacking();
        return lacking.isEmpty()
                ? List.of()
                : List.of(
                        problem(
                                agent.settings().language(),
                                "a language that one of the engines "
                                        + String.join(" and one ", lacking)));
    }

    private List<Problem> interpreted(CallTerms terms) {
        List<Problem> problems = new ArrayList<>();
        Language caller = terms.callerLanguage();
        Language destination = terms.destinationLanguage();
        if (!RouteLanguages.areServed(terms, engines)) {
            problems.add(
                    problem(caller, "one that the engines interpret into or from " + destination));
        }
        for (Language language : List.of(caller, destination)) {
            if (announcement.spoken() && announcement.text(language).isEmpty()) {
                problems.add(problem(language, "one that announcement.texts has"));
            }
        }
        return problems;
    }

    private static Problem problem(Language found, String expected) {
        return new Problem(KEY, found.tag(), expected);
    }
}
