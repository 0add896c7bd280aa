package io.sandalphone.call;

import java.util.ArrayList;
import java.util.List;

/// The answer to an event: the next state, and what is to be done, in order.
public record Step(CallState next, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }

    static Step to(CallState next, Effect... effects) {
        return new Step(next, List.of(effects));
    }

    /// The same with `first` before the other effects.
    static Step of(CallState next, List<Effect> first, Effect... effects) {
        List<Effect> all = new ArrayList<>(first);
        all.addAll(List.of(effects));
        return new Step(next, all);
    }
}
