package io.sandalphone.app;

import io.sandalphone.time.Loop;

import java.util.List;
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
                                _ -> new Idle())
                        .execute("serve", "--config", args[0]));
    }

    private static final class Idle implements Service {
        @Override
        public List<Loop> loops() {
            return List.of();
        }

        @Override
        public void stop() {
            if (System.getenv("BREAK") != null) {
                throw new IllegalStateException("stuck");
            }
        }
    }
}
