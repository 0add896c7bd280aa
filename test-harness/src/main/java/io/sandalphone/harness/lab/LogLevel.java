package io.sandalphone.harness.lab;

import ch.qos.logback.classic.Level;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What parts of the gateway that run within this program log.
public final class LogLevel {
    private LogLevel() {}

    /// From now on errors alone: what else would be told of thousands of calls is counted.
    public static void errorsOnly() {
        if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)
                instanceof ch.qos.logback.classic.Logger root) {
            root.setLevel(Level.ERROR);
        }
    }
}
