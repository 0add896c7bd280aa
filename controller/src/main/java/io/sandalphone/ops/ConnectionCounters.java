package io.sandalphone.ops;

import io.micrometer.core.instrument.Counter;

import java.util.concurrent.atomic.AtomicInteger;

/// What happens to the connections of one listener. `open` is the number of clients that are connected
/// just now, which the server keeps.
public record ConnectionCounters(AtomicInteger open, Counter timedOut, Counter crowdedOut) {}
