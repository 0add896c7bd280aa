package io.sandalphone.ops;

import io.sandalphone.call.Calls;
import io.sandalphone.metrics.Metrics;
import io.sandalphone.routing.CallTerms;
import io.sandalphone.web.TokenCheck;

import java.util.Optional;

/// What operators see and act on, at whichever listener: `terms` are those of calls that they ask for, as
/// far as a request says nothing else. `liveCaptions` lets those who watch the events see what people
/// say. `check` asks for their token. `numbers` reads the numbers file anew, where there is one.
public record Operators(
        Calls calls,
        CallTerms terms,
        Metrics metrics,
        OpsMeters meters,
        TokenCheck check,
        Optional<NumbersReload> numbers,
        boolean liveCaptions) {}
