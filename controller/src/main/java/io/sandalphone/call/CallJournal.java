package io.sandalphone.call;

import io.sandalphone.files.StateFile;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What is written down of live calls, so that they outlive this program (docs/decisions/0073). Holds
/// telephone numbers, and no call when none is up.
///
/// Thread-safe. No method blocks but [#open], [#keep] and [#close].
public final class CallJournal implements CallObserver, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CallJournal.class);

    private static final Duration TOLD = Duration.ofDays(1);

    private final Optional<JournalFile> file;
    private final List<CallRecord> earlier;
    private final Readoption.Reason unrecorded;
    private final JournalMeters meters;
    private final InstantSource clock;
    private final Instant opened;
    private volatile @Nullable JournalKeeper keeper;

    private CallJournal(
            Optional<JournalFile> file,
            List<CallRecord> earlier,
            Readoption.Reason unrecorded,
            InstantSource clock,
            JournalMeters meters) {
        this.clock = clock;
        opened = clock.instant();
        this.file = file;
        this.earlier = List.copyOf(earlier);
        this.unrecorded = unrecorded;
        this.meters = meters;
    }

    /// One that keeps nothing.
    public static CallJournal none(JournalMeters meters) {
        return new CallJournal(
                Optional.empty(),
                List.of(),
                Readoption.Reason.NO_JOURNAL,
                InstantSource.system(),
                meters);
    }

    /// Reads what the gateway before this one wrote, where the settings name a file, and keeps others from writing it. One that cannot
    /// be read costs its calls their interpreter and no call more: it is set aside, and the log says so. One that another gateway
    /// writes is left as it is.
    public static CallJournal open(
            JournalSettings settings, InstantSource clock, JournalMeters meters) {
        if (settings.file().isEmpty()) {
            return none(meters);
        }
        var file = new JournalFile(settings.file().get());
        if (isAnothers(file)) {
            return new CallJournal(
                    Optional.of(file), List.of(), Readoption.Reason.OTHER_GATEWAY, clock, meters);
        }
        try {
            return new CallJournal(
                    Optional.of(file), file.read(), Readoption.Reason.NO_RECORD, clock, meters);
        } catch (IOException unreadable) {
            meters.failed().increment();
            setAside(file, clock, unreadable);
            return new CallJournal(
                    Optional.of(file),
                    List.of(),
                    Readoption.Reason.JOURNAL_UNREADABLE,
                    clock,
                    meters);
        }
    }

    /// Whether the calls in it are those of a gateway that lives, which are no one else's to take up.
    private static boolean isAnothers(JournalFile file) {
        try {
            return !file.claim();
        } catch (IOException _) {
            // Then it cannot be written either, which is said when that is tried.
            return false;
        }
    }

    private static void setAside(JournalFile file, InstantSource clock, IOException unreadable) {
        var line =
                log.atError()
                        .addKeyValue("setting", "journal.file")
                        .addKeyValue("file", file.path())
                        .addKeyValue("found", StateFile.reason(unreadable));
        try {
            Path aside = file.setAside(clock.instant());
            line.addKeyValue("aside", aside)
                    .log("journal of calls could not be read, it is set aside");
        } catch (IOException refused) {
            line.addKeyValue("aside", StateFile.reason(refused))
                    .log("journal of calls could not be read, nor set aside");
        }
    }

    /// The calls of the gateway before this one.
    List<CallRecord> earlier() {
        return earlier;
    }

    /// Why nothing may be known of a call that is found.
    Readoption.Reason unrecorded() {
        return unrecorded;
    }

    /// From now on what `live` tells is kept. Any thread may be asked by it. Called once.
    void keep(Supplier<List<CallRecord>> live) {
        file.ifPresent(each -> keeper = JournalKeeper.start(each, live, meters));
    }

    /// What happens to calls; what a record would tell is written at once.
    @Override
    public void on(CallEvent event) {
        JournalKeeper running = keeper;
        if (running != null
                && (event instanceof CallEvent.StateChanged || event instanceof CallEvent.Ended)) {
            running.tell();
        }
    }

    /// Why calls would not outlive us, if so; or did not outlive the gateway before, which is told for a day. No call waits for
    /// either. Any thread may ask.
    public Optional<String> unavailableReason() {
        JournalKeeper running = keeper;
        Optional<String> failing = running == null ? Optional.empty() : running.unavailableReason();
        return failing.or(
                () ->
                        unrecorded == Readoption.Reason.JOURNAL_UNREADABLE
                                        && clock.instant().isBefore(opened.plus(TOLD))
                                ? Optional.of(
                                        "the journal of calls could not be read when the gateway"
                                            + " started, and was set aside: who talked then talks"
                                            + " untranslated")
                                : Optional.empty());
    }

    /// Writes once more and ends.
    @Override
    public void close() {
        JournalKeeper running = keeper;
        if (running != null) {
            running.close();
        } else {
            file.ifPresent(CallJournal::release);
        }
    }

    private static void release(JournalFile file) {
        try {
            file.close();
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("file", file.path())
                    .addKeyValue("found", StateFile.reason(e))
                    .log("journal of calls could not be let go");
        }
    }
}
