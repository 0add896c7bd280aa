package io.sandalphone.bus;

import io.sandalphone.telephony.Party;
import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.function.Consumer;

/// Notices when nothing has come from a party for ten minutes and the other one, too, has said nothing
/// that they could have heard. Whose leg is gone is for its carrier to say; this is for the one whose
/// carrier does not. While the sound of both is lost nothing tells that they are silent: they may be
/// talking in a room of their carrier. Looks once a minute. Runs on the call's loop.
final class SilenceLimit {
    /// How long neither of them is heard.
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Loop loop;
    private final MixedLeg caller;
    private final MixedLeg destination;
    private final Consumer<Party> silent;
    private Loop.Timer next = () -> {};

    /// `silent` is told once, of whom nothing comes.
    SilenceLimit(Loop loop, MixedLeg caller, MixedLeg destination, Consumer<Party> silent) {
        this.loop = loop;
        this.caller = caller;
        this.destination = destination;
        this.silent = silent;
    }

    /// From now on.
    void begin() {
        next.cancel();
        next = loop.schedule(LOOK, this::look);
    }

    void stop() {
        next.cancel();
    }

    private void look() {
        if (caller.isElsewhere() && destination.isElsewhere()) {
            begin();
        } else if (isSilent(caller, destination)) {
            silent.accept(caller.party);
        } else if (isSilent(destination, caller)) {
            silent.accept(destination.party);
        } else {
            begin();
        }
    }

    private boolean isSilent(MixedLeg leg, MixedLeg other) {
        long now = loop.nanoTime();
        long limit = LONGEST.toNanos();
        return now - leg.frameAt >= limit && now - other.sound.voiceAt() >= limit;
    }
}
