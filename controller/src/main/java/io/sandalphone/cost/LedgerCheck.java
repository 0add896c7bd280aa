package io.sandalphone.cost;

import io.sandalphone.config.Finding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Looks whether the day's costs can be kept, without writing anything: what a full disk or a broken file would cost.
public final class LedgerCheck {
    private static final String SETTING = "costs.ledger";

    // Many times what a ledger takes.
    private static final long LEAST_BYTES = 1024 * 1024;

    private LedgerCheck() {}

    /// Nothing where the settings name no ledger.
    public static Optional<Finding> of(CostSettings settings) {
        return settings.ledger().map(file -> of(file, new LedgerFile(file, settings.currency())));
    }

    private static Finding of(Path path, LedgerFile file) {
        try {
            file.read();
        } catch (IOException unreadable) {
            return Finding.fault(
                    SETTING,
                    path
                            + " cannot be read ("
                            + LedgerFile.reason(unreadable)
                            + "): at its next start the gateway sets it aside, and the day's sum"
                            + " begins at nothing");
        }
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return Finding.fault(SETTING, "there is no folder for " + path);
        }
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            return free < LEAST_BYTES
                    ? Finding.fault(
                            SETTING,
                            "the disk of " + folder + " is full: what a day costs is not kept")
                    : Finding.ok("the day's costs are kept in " + path);
        } catch (IOException unknown) {
            return Finding.warning(
                    SETTING, "the disk of " + folder + ": " + LedgerFile.reason(unknown));
        }
    }
}
