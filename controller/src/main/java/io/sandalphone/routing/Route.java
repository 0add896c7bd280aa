package io.sandalphone.routing;

import io.sandalphone.agent.AgentSettings;
import io.sandalphone.agent.Agents;
import io.sandalphone.speech.Language;
import io.sandalphone.speech.VoiceChoice;

import java.time.Instant;
import java.util.Optional;

/// What becomes of a call to one of our numbers, on which terms, and what else is set for that number.
public record Route(CallService service, CallTerms terms, NumberSettings number) {
    /// Of a number for which nothing else is set.
    public Route(CallService service, CallTerms terms) {
        this(service, terms, NumberSettings.NONE);
    }

    /// The same for a caller who is known to speak `language`.
    public Route spokenIn(Language language) {
        return new Route(service, terms.spokenIn(language), number);
    }

    /// The same of a call to `called`, see [CallService#at].
    Route at(String called) {
        return new Route(service.at(called), terms, number);
    }

    /// The same of a call that arrives at `now`: outside the hours of the number nobody is reached.
    public Route at(Instant now) {
        return number.hours().map(hours -> hours.open(now)).orElse(true)
                ? this
                : new Route(new CallService.Closed(closedSentence()), terms, number);
    }

    /// How the agent who answers talks, when one does.
    public Optional<AgentSettings> agentSettings(Agents agents) {
        return service.attendedBy()
                .map(name -> number.agent().orElseGet(() -> agents.named(name).settings()));
    }

    /// What a caller hears outside the hours, in the language in which they are answered.
    ClosedSentence closedSentence() {
        Language language =
                number.agent().map(AgentSettings::language).orElse(terms.callerLanguage());
        VoiceChoice voices = number.agent().map(AgentSettings::voices).orElse(VoiceChoice.USUAL);
        return number.closed()
                .map(text -> new ClosedSentence(text, language, voices))
                .orElseGet(() -> ClosedSentence.usual(language, voices));
    }
}
