package io.sandalphone.cost;

import io.sandalphone.files.RepeatedWrite;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// Writes the day's costs to their file every few seconds, when they changed, and at the end. A disk
/// that refuses costs no call anything: it is tried again, and counted.
///
/// Thread-safe; one thread of its own does the writing.
final class LedgerKeeper implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final DayLedger ledger;
    private final LedgerFile file;
    private final RepeatedWrite writing;
    private @Nullable Day written;

    private LedgerKeeper(DayLedger ledger, LedgerFile file, CostMeters meters) {
        this.ledger = ledger;
        this.file = file;
        writing =
                new RepeatedWrite(
                        "cost-ledger",
                        "day's costs",
                        "costs.ledger",
                        file.path(),
                        meters.ledgerFailed()::increment);
    }

    /// Begins to keep `ledger` in `file`, with a first attempt at once.
    static LedgerKeeper start(DayLedger ledger, LedgerFile file, CostMeters meters) {
        var keeper = new LedgerKeeper(ledger, file, meters);
        keeper.writing.begin(INTERVAL, keeper::keep);
        return keeper;
    }

    private boolean keep() throws IOException {
        Day today = ledger.today();
        if (today.equals(written)) {
            return false;
        }
        file.write(today);
        written = today;
        return true;
    }

    /// Why the day is not kept just now, if it is not. Any thread may ask.
    Optional<String> unavailableReason() {
        return writing.unavailableReason();
    }

    /// Writes once more and ends.
    @Override
    public void close() {
        writing.close(
                () -> {
                    try (file) {
                        return keep();
                    }
                });
    }
}
