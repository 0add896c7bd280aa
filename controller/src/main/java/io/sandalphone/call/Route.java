package io.sandalphone.call;

import io.sandalphone.speech.Language;

/// What becomes of a call to one of our numbers, and on which terms.
public record Route(CallService service, CallTerms terms) {
    /// The same for a caller who is known to speak `language`.
    Route spokenIn(Language language) {
        return new Route(service, terms.spokenIn(language));
    }
}
