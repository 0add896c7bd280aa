package io.sandalphone.app;

import java.util.Map;

/// The program with a gateway that does nothing, for tests that end it by signals. Its one argument is
/// the configuration; `stop` fails when the environment says BREAK.
final class ServeProcess {
    private ServeProcess() {}

    public static void main(String[] args) {
        System.exit(
                Main.commandLine(
                                new SettingsReader(
                                        Map.of(
                                                "SANDALPHONE_ARI_PASSWORD",
                                                "hunter2",
                                                "SANDALPHONE_TOKEN",
                                                "0123456789abcdef"),
                                        Engines.providers()),
                                _ ->
                                        () -> {
                                            if (System.getenv("BREAK") != null) {
                                                throw new IllegalStateException("stuck");
                                            }
                                        })
                        .execute("serve", "--config", args[0]));
    }
}
