package io.sandalphone.cost;

import io.sandalphone.files.StateFile;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Writes the day's costs to their file every few seconds, when they changed, and at the end. A disk
/// that refuses costs no call anything: it is tried again, and counted.
///
/// Thread-safe; one thread of its own does the writing.
final class LedgerKeeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LedgerKeeper.class);

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final DayLedger ledger;
    private final LedgerFile file;
    private final CostMeters meters;
    private @Nullable Day written;
    private final ScheduledExecutorService writer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("cost-ledger").daemon().factory());
    private volatile @Nullable String failing;

    private LedgerKeeper(DayLedger ledger, LedgerFile file, CostMeters meters) {
        this.ledger = ledger;
        this.file = file;
        this.meters = meters;
    }

    /// Begins to keep `ledger` in `file`, with a first attempt at once.
    static LedgerKeeper start(DayLedger ledger, LedgerFile file, CostMeters meters) {
        var keeper = new LedgerKeeper(ledger, file, meters);
        keeper.keep();
        var _ =
                keeper.writer.scheduleWithFixedDelay(
                        keeper::keep,
                        INTERVAL.toMillis(),
                        INTERVAL.toMillis(),
                        TimeUnit.MILLISECONDS);
        return keeper;
    }

    private synchronized void keep() {
        Day today = ledger.today();
        if (today.equals(written)) {
            return;
        }
        try {
            file.write(today);
            written = today;
            if (failing != null) {
                log.info("day's costs are kept again");
            }
            failing = null;
        } catch (IOException e) {
            meters.ledgerFailed().increment();
            if (failing == null) {
                log.atWarn()
                        .addKeyValue("setting", "costs.ledger")
                        .addKeyValue("file", file.path())
                        .addKeyValue("found", StateFile.reason(e))
                        .log("day's costs could not be kept in their ledger, tried again");
            }
            failing = StateFile.reason(e);
        }
    }

    /// Why the day is not kept just now, if it is not. Any thread may ask.
    Optional<String> unavailableReason() {
        return Optional.ofNullable(failing)
                .map(
                        reason ->
                                "the day's costs cannot be written to "
                                        + file.path()
                                        + ": "
                                        + reason);
    }

    /// Writes once more and ends.
    @Override
    public void close() {
        writer.shutdown();
        keep();
    }
}
