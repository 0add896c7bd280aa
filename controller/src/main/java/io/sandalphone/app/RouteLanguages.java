package io.sandalphone.app;

import io.sandalphone.config.ConfigurationException;
import io.sandalphone.config.Problem;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.routing.RouteTable;
import io.sandalphone.speech.SpeechEngines;

import java.util.ArrayList;
import java.util.List;

/// Holds routes to what the engines can do.
final class RouteLanguages {
    private RouteLanguages() {}

    /// Looks at each route whose people are to be interpreted.
    ///
    /// @throws ConfigurationException when there are routes between whose languages nobody interprets, in neither direction
    static void require(RouteTable routes, SpeechEngines engines) throws ConfigurationException {
        List<Problem> problems = new ArrayList<>();
        for (String key : routes.keys()) {
            routes.find(key)
                    .filter(route -> route.service().rung().isPresent())
                    .map(route -> route.terms())
                    .filter(terms -> !areServed(terms, engines))
                    .ifPresent(terms -> problems.add(problem(key, terms)));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    /// Whether `engines` interpret between two people on these terms, or need not. What is interpreted in one direction alone is
    /// left as it is: an engine may hear only one of the two.
    static boolean areServed(CallTerms terms, SpeechEngines engines) {
        var caller = terms.callerLanguage();
        var destination = terms.destinationLanguage();
        return !terms.interpret()
                || caller.sameAs(destination)
                || engines.interpret(caller, destination)
                || engines.interpret(destination, caller);
    }

    private static Problem problem(String key, CallTerms terms) {
        return new Problem(
                "routes.\"%s\"".formatted(key),
                "%s and %s".formatted(terms.callerLanguage(), terms.destinationLanguage()),
                "two languages of which the engines of speech hear one and speak the other"
                        + " (docs/languages.md)");
    }
}
