package io.sandalphone.harness.latency;

import java.time.Duration;

/// How a modelled provider waits, on the thread of whoever asked it: in virtual time, or really.
@FunctionalInterface
interface Pause {
    void pause(Duration time) throws InterruptedException;
}
