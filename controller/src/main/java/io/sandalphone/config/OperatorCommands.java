package io.sandalphone.config;

import java.util.Map;

/// What the commands are called that operators are told to run: `scripts/models` in a checkout, and another name where
/// the package is installed, which the environment variable `SANDALPHONE_COMMANDS` begins. Worker processes inherit it.
public final class OperatorCommands {
    private OperatorCommands() {}

    /// The name of `command`, such as `models`.
    public static String named(String command) {
        return named(command, System.getenv());
    }

    static String named(String command, Map<String, String> environment) {
        return environment.getOrDefault("SANDALPHONE_COMMANDS", "scripts/") + command;
    }
}
