package io.sandalphone.translate;

import io.sandalphone.telephony.Party;

import java.util.Set;

/// Whether what `speaker` says is interpreted just now. When something is lacking the listener hears
/// the speaker's own voice at full level, and nothing else.
public record Availability(Party speaker, Set<Stage> lacking) {
    public Availability {
        lacking = Set.copyOf(lacking);
    }

    public boolean available() {
        return lacking.isEmpty();
    }
}
