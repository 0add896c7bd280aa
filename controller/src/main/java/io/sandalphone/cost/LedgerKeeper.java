package io.sandalphone.cost;

import io.sandalphone.files.StateFile;
import io.sandalphone.files.WriteWatch;

import org.jspecify.annotations.Nullable;

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
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final DayLedger ledger;
    private final LedgerFile file;
    private final CostMeters meters;
    private @Nullable Day written;
    private final ScheduledExecutorService writer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("cost-ledger").daemon().factory());
    private final WriteWatch watch;

    private LedgerKeeper(DayLedger ledger, LedgerFile file, CostMeters meters) {
        this.ledger = ledger;
        this.file = file;
        this.meters = meters;
        watch = new WriteWatch("day's costs", "costs.ledger", file.path());
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
            watch.written();
        } catch (IOException e) {
            meters.ledgerFailed().increment();
            watch.failed(StateFile.reason(e));
        }
    }

    /// Why the day is not kept just now, if it is not. Any thread may ask.
    Optional<String> unavailableReason() {
        return watch.unavailableReason();
    }

    /// Writes once more and ends.
    @Override
    public void close() {
        writer.shutdown();
        keep();
    }
}
