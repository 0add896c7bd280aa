package io.sandalphone.telephony.asterisk;

import io.sandalphone.time.Loop;

import java.time.Duration;
import java.util.List;

/// What a controller before this one had built beside the two people of a call: snoops, media, an anchor, and private bridges, of
/// which nobody speaks or listens any more. It goes when ours stands in its place, so that the main bridge mixes all the time; or
/// after a while where ours does not come. Runs on the call's loop.
final class Inherited {
    // As long as our own audio may take.
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Resources resources;
    private final List<String> channels;
    private final List<String> bridges;
    private final Loop.Timer overdue;
    private boolean discarded;

    Inherited(Loop loop, Resources resources, List<String> channels, List<String> bridges) {
        this.resources = resources;
        this.channels = List.copyOf(channels);
        this.bridges = List.copyOf(bridges);
        channels.forEach(resources::adopt);
        bridges.forEach(resources::adoptBridge);
        overdue = loop.schedule(DEADLINE, this::discard);
    }

    /// Removes it, once.
    void discard() {
        if (!discarded) {
            forget();
            resources.discard(channels, bridges);
        }
    }

    /// All of the call is being removed, and this with it.
    void forget() {
        discarded = true;
        overdue.cancel();
    }
}
