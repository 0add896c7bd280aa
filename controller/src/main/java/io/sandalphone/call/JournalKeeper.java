package io.sandalphone.call;

import io.sandalphone.files.RepeatedWrite;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// Writes the records of live calls to their file: when it is told that a call began, was answered or ended, at
/// the latest a quarter of a second after it, and once a second while anything else of them changes. A disk that refuses costs no
/// call anything: it is tried again, and counted.
///
/// Thread-safe; one thread of its own does the writing.
final class JournalKeeper implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(250);
    // Looks from one time to the next at which what goes on in calls is written down.
    private static final int SELDOM = 4;

    private final JournalFile file;
    private final Supplier<List<CallRecord>> live;
    private final JournalMeters meters;
    private final RepeatedWrite writing;
    private @Nullable List<CallRecord> written;
    private final AtomicBoolean told = new AtomicBoolean();
    private int looks;

    private JournalKeeper(JournalFile file, Supplier<List<CallRecord>> live, JournalMeters meters) {
        this.file = file;
        this.live = live;
        this.meters = meters;
        writing =
                new RepeatedWrite(
                        "call-journal",
                        "journal of calls",
                        "journal.file",
                        file.path(),
                        meters.failed()::increment);
    }

    /// Begins to keep what `live` tells in `file`, with a first attempt at once. Any thread may be asked by it.
    static JournalKeeper start(
            JournalFile file, Supplier<List<CallRecord>> live, JournalMeters meters) {
        return start(file, live, meters, LOOK);
    }

    /// The same, which looks every `look` though it is told nothing.
    static JournalKeeper start(
            JournalFile file,
            Supplier<List<CallRecord>> live,
            JournalMeters meters,
            Duration look) {
        var keeper = new JournalKeeper(file, live, meters);
        keeper.writing.begin(look, () -> keeper.keep(keeper.looks++ % SELDOM == 0));
        return keeper;
    }

    /// A call began, was answered or ended: it is written as soon as the writer is free. Any thread may tell.
    void tell() {
        if (told.compareAndSet(false, true)) {
            writing.soon(
                    () -> {
                        told.set(false);
                        return keep(false);
                    });
        }
    }

    private boolean keep(boolean all) throws IOException {
        List<CallRecord> now = live.get();
        List<CallRecord> last = written;
        boolean others = last == null || !sameCalls(last, now);
        if (!others && !(all && !now.equals(last))) {
            return false;
        }
        // A crash of ours leaves what was written; only a power failure asks for more, and
        // no sum of costs is worth that.
        file.write(now, others);
        written = now;
        meters.written().increment();
        return true;
    }

    private static boolean sameCalls(List<CallRecord> some, List<CallRecord> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!some.get(i).isAt(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Why it is not kept just now, if it is not. Any thread may ask.
    Optional<String> unavailableReason() {
        return writing.unavailableReason();
    }

    /// Writes once more and ends.
    @Override
    public void close() {
        writing.close(
                () -> {
                    try (file) {
                        return keep(true);
                    }
                });
    }
}
