package io.sandalphone.harness.lab;

import java.nio.file.Files;
import java.nio.file.Path;

/// The files of this repository that the lab shares with production and with the scripts.
public final class Project {
    private Project() {}

    /// The script that renders Asterisk's configuration.
    public static Path renderScript() {
        return file("asterisk-conf/render");
    }

    /// Where the cached root file system of Asterisk is, or would be.
    static Path asteriskRootfs() {
        return Path.of(Command.run(file("scripts/lib/rootfs.sh").toString(), "--print"));
    }

    /// The options of production's virtual machine, as a file for `java @FILE`.
    public static Path jvmOptions() {
        return file("scripts/lib/jvm-options");
    }

    /// A file or a folder of the repository, by its path there.
    public static Path file(String name) {
        Path folder = Path.of("").toAbsolutePath();
        for (Path at = folder; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(name))) {
                return at.resolve(name);
            }
        }
        throw new IllegalStateException(name + " is neither in " + folder + " nor above it");
    }
}
