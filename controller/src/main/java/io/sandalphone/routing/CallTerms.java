package io.sandalphone.routing;

import io.sandalphone.config.Section;
import io.sandalphone.config.Setting;
import io.sandalphone.speech.Language;

import java.time.Duration;

/// How two people are joined, whoever they are.
///
/// `interpret` speaks to the destination what the caller says, translated; `relay` does the same in
/// the other direction. `ringTimeout` is how long the destination's phone rings, `maxDuration` how long the call
/// may last once it was answered.
public record CallTerms(
        Language callerLanguage,
        Language destinationLanguage,
        boolean interpret,
        boolean relay,
        Duration ringTimeout,
        Duration maxDuration) {
    public CallTerms {
        if (relay && !interpret) {
            throw new IllegalArgumentException("relay is on although interpret is off");
        }
    }

    /// The same for a caller who is known to speak `language`.
    CallTerms spokenIn(Language language) {
        return between(language, destinationLanguage);
    }

    /// The same for two who are known to speak these.
    public CallTerms between(Language caller, Language destination) {
        return new CallTerms(caller, destination, interpret, relay, ringTimeout, maxDuration);
    }

    /// The same for two whom nobody but an agent has spoken with before: where they speak different languages each is interpreted for
    /// the other, unless nobody is.
    public CallTerms acquainting(Language caller, Language destination) {
        boolean interpreted = interpret && !caller.sameAs(destination);
        return new CallTerms(
                caller, destination, interpreted, interpreted, ringTimeout, maxDuration);
    }

    /// Reads the section of a route, or `route-defaults`.
    public static Setting<CallTerms> read(Section section) {
        Setting<Language> caller =
                section.value("caller-language", Language.EXPECTED, Language::new);
        Setting<Language> destination =
                section.value("destination-language", Language.EXPECTED, Language::new);
        Setting<Boolean> interpret = section.flag("interpret");
        Setting<Boolean> relay = section.flag("relay");
        Setting<Duration> ringTimeout =
                section.duration("ring-timeout", Duration.ofSeconds(1), Duration.ofMinutes(5));
        Setting<Duration> maxDuration =
                section.duration("max-duration", Duration.ofSeconds(1), Duration.ofHours(24));
        return section.make(
                () ->
                        new CallTerms(
                                caller.get(),
                                destination.get(),
                                interpret.get(),
                                relay.get(),
                                ringTimeout.get(),
                                maxDuration.get()));
    }
}
