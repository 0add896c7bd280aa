package io.sandalphone.app;

/// The running gateway, as the command that started it sees it.
interface Service {
    /// Takes no more calls, lets the running ones go on for as long as the settings say, ends what is
    /// left and stops everything. Returns when nothing runs any more.
    void stop() throws Exception;

    /// Starts the gateway.
    @FunctionalInterface
    interface Starter {
        /// Returns when calls can come. When it throws, nothing is left running.
        Service start(Settings settings) throws Exception;
    }
}
