package io.sandalphone.harness.agents;

import java.time.Duration;

/// How a modelled service waits, on the thread of whoever asked it.
@FunctionalInterface
interface Waiting {
    void pause(Duration time) throws InterruptedException;
}
