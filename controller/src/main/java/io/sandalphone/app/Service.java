package io.sandalphone.app;

import io.sandalphone.time.Loop;

import java.util.List;

/// The running gateway, as the command that started it sees it.
interface Service {
    /// Takes no more calls, lets the running ones go on for as long as the settings say, ends what is
    /// left and stops everything. Returns when nothing runs any more.
    void stop() throws Exception;

    /// The loops that calls live on.
    List<? extends Loop> loops();

    /// Starts the gateway.
    @FunctionalInterface
    interface Starter {
        /// Returns when calls can come. When it throws, nothing is left running.
        Service start(Settings settings) throws Exception;
    }
}
