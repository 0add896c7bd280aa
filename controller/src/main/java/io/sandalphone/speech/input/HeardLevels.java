package io.sandalphone.speech.input;

import io.sandalphone.telephony.Party;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// How loud the two parties of one call are just now. Written on the call's loop, five times a second for each party who is
/// listened to; any thread may ask, which costs a read of a volatile field.
public final class HeardLevels {
    private volatile @Nullable HeardLevel caller;
    private volatile @Nullable HeardLevel destination;

    /// Nothing while nobody listens to them.
    public Optional<HeardLevel> of(Party party) {
        return Optional.ofNullable(
                switch (party) {
                    case CALLER -> caller;
                    case DESTINATION -> destination;
                });
    }

    void heard(Party party, @Nullable HeardLevel level) {
        switch (party) {
            case CALLER -> caller = level;
            case DESTINATION -> destination = level;
        }
    }
}
