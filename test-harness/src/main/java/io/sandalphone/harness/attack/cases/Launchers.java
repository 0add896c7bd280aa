package io.sandalphone.harness.attack.cases;

import io.sandalphone.harness.attack.AttackCase;
import io.sandalphone.harness.attack.AttackLab;
import io.sandalphone.harness.attack.ConfigCheck;
import io.sandalphone.harness.attack.Tries;
import io.sandalphone.harness.lab.Command;
import io.sandalphone.harness.lab.Project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// The launchers as operators use them: `scripts/config --check`, and `scripts/run` as a user who may
/// write nothing and has no home.
final class Launchers implements AttackCase {
    private static final String NOBODY = "65534";

    @Override
    public int number() {
        return 32;
    }

    @Override
    public String tried() {
        return "scripts/config --check, and scripts/run as a user who may write nothing";
    }

    @Override
    public void run(AttackLab lab, Tries tries) throws Exception {
        Path folder = Files.createTempDirectory("sandalphone-attack-config");
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path good = Files.writeString(folder.resolve("good.yaml"), ConfigCheck.GOOD);
            Path bad =
                    Files.writeString(
                            folder.resolve("bad.yaml"),
                            ConfigCheck.GOOD.replace("limits:", "limit:"));
            exits(tries, 0, "config", "--check", good.toString());
            exits(tries, 2, "config", "--check", bad.toString());
            exits(tries, 2, "config", "--check", folder.resolve("nothing.yaml").toString());
            exits(tries, 0, "config", "--help");
            exits(tries, 2, "config");
            // A file with a mistake: what says so is the program, so it was started.
            Command.Result said = asNobody("run", "--config", bad.toString());
            tries.check(
                    "scripts/run as another user",
                    said.status() == 2 && said.output().contains("limit:"),
                    () -> "exit " + said.status() + ": " + said.output());
        } finally {
            for (String name : List.of("good.yaml", "bad.yaml")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    private static void exits(Tries tries, int code, String script, String... arguments) {
        List<String> command = new ArrayList<>(environment());
        command.add(root().resolve("scripts/" + script).toString());
        command.addAll(List.of(arguments));
        Command.Result result = Command.attempt(command);
        tries.check(
                "scripts/" + script + " " + String.join(" ", arguments),
                result.status() == code,
                () -> "exit " + result.status() + ": " + result.output());
    }

    private static Command.Result asNobody(String script, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "timeout",
                                "60",
                                "setpriv",
                                "--reuid=" + NOBODY,
                                "--regid=" + NOBODY,
                                "--clear-groups"));
        command.addAll(environment());
        command.add(root().resolve("scripts/" + script).toString());
        command.addAll(List.of(arguments));
        return Command.attempt(command);
    }

    private static Path root() {
        return Project.file(".").toAbsolutePath().normalize();
    }

    private static List<String> environment() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "env",
                                "-i",
                                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                                "HOME=/nonexistent"));
        ConfigCheck.ENVIRONMENT.forEach((name, value) -> command.add(name + "=" + value));
        return command;
    }
}
