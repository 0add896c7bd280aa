package io.sandalphone.cost;

import io.sandalphone.config.Finding;
import io.sandalphone.files.StateFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Looks whether the day's costs can be kept, without writing anything: what a full disk or a broken file would cost.
public final class LedgerCheck {
    private static final String SETTING = "costs.ledger";

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
                            + StateFile.reason(unreadable)
                            + "): at its next start the gateway sets it aside, and the day's sum"
                            + " begins at nothing");
        }
        return file.unwritable()
                .map(why -> Finding.fault(SETTING, why + ": what a day costs is not kept"))
                .orElseGet(() -> Finding.ok("the day's costs are kept in " + path));
    }
}
